import { typedDecimal, type AdjustablePlace, type Adjustment, type Reason } from '@mach/domain';

/** What a signer has typed at one place. */
export interface Entry {
  readonly by: string;
  readonly reason: string;
}

/** By reference of the place. */
export type Entries = Readonly<Record<string, Entry>>;

/** The adjustments of the version signed before, to go on from, written the Vietnamese way. */
export function entriesOf(adjustments: readonly Adjustment[]): Entries {
  return Object.fromEntries(
    adjustments.map(({ ref, by, reason }) => [ref, { by: by.replace('.', ','), reason }]),
  );
}

/** What was typed, as it travels; a place where nothing stands is not adjusted. What is no number travels as typed. */
export function adjustmentsOf(entries: Entries, places: readonly AdjustablePlace[]): readonly Adjustment[] {
  return places.flatMap(({ ref, decimals }) => {
    const entry = entries[ref];
    // A plus says the same as none.
    const by = entry === undefined ? null : typedDecimal(entry.by.trim().replace(/^\+/, ''), decimals);
    return entry === undefined || by === null ? [] : [{ ref, by, reason: entry.reason.trim() }];
  });
}

/** The first fault of each place, from pointers into the list of adjustments. */
export function faultsByRef(
  reasons: readonly Reason[],
  adjustments: readonly Adjustment[],
): ReadonlyMap<string, string> {
  const faults = new Map<string, string>();
  for (const { pointer, message } of reasons) {
    const index = Number(pointer.split('/')[2]);
    const ref = adjustments[index]?.ref;
    if (ref !== undefined && !faults.has(ref)) faults.set(ref, message);
  }
  return faults;
}
