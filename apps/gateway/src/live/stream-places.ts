/** What deciding about a place asks of an open stream. */
export interface PlaceHolder {
  readonly accountId: number;
  /** Whose share of all places it takes: the committee below the city to which its account belongs. */
  readonly branchId: number;
}

export interface PlaceLimits {
  readonly perAccount: number;
  readonly inAll: number;
}

export type Place<T> =
  /** `ending` is the stream that has to make room; null when there is room. */
  { readonly kind: 'admitted'; readonly ending: T | null } | { readonly kind: 'full' };

/**
 * Whether a new stream gets a place, and which open one ends for it. `held` are the open streams, oldest first.
 *
 * An account over its limit loses its own oldest stream: the tab opened last is the one that is looked at. When
 * all places are taken, the branch that holds most gives one up, as long as it then still holds as much as the
 * newcomer's: nobody can fill the house for the others.
 */
export function placeFor<T extends PlaceHolder>(
  held: readonly T[],
  newcomer: PlaceHolder,
  limits: PlaceLimits,
): Place<T> {
  const own = held.filter(({ accountId }) => accountId === newcomer.accountId);
  if (own.length >= limits.perAccount) return { kind: 'admitted', ending: own[0] ?? null };
  if (held.length < limits.inAll) return { kind: 'admitted', ending: null };
  const branches = countBy(held, ({ branchId }) => branchId);
  const [heaviest, most] = largest(branches);
  const ofOwnBranch = branches.get(newcomer.branchId) ?? 0;
  const giving = most > ofOwnBranch + 1 ? heaviest : newcomer.branchId;
  const within = held.filter(({ branchId }) => branchId === giving);
  const [account, streams] = largest(countBy(within, ({ accountId }) => accountId));
  // Within one branch the same holds between accounts.
  if (giving === newcomer.branchId && streams <= own.length + 1) {
    return own[0] === undefined ? { kind: 'full' } : { kind: 'admitted', ending: own[0] };
  }
  const ending = within.find(({ accountId }) => accountId === account);
  return ending === undefined ? { kind: 'full' } : { kind: 'admitted', ending };
}

function countBy<T>(items: readonly T[], key: (item: T) => number): Map<number, number> {
  const counts = new Map<number, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}

function largest(counts: ReadonlyMap<number, number>): readonly [key: number, count: number] {
  let found: readonly [number, number] = [-1, 0];
  for (const entry of counts) if (entry[1] > found[1]) found = entry;
  return found;
}
