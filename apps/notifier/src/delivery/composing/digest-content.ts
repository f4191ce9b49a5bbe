import type { Instant } from '@mach/domain';
import type { OwedItem } from '@mach/persistence';

/** Late or soon-due units below the reader, for one requirement and period. */
export interface BelowGroup {
  readonly requirement: OwedItem['requirement'];
  readonly plan: OwedItem['plan'];
  readonly period: OwedItem['period'];
  readonly count: number;
  /** The longest due come first; at most `LISTED`. */
  readonly listed: readonly OwedItem[];
  readonly earliestDeadline: Instant;
}

/** All that one message says. */
export interface DigestContent {
  readonly recipient: { readonly name: string; readonly unitCode: string; readonly unitName: string };
  /** Reports of the reader's own unit. */
  readonly own: readonly OwedItem[];
  readonly below: readonly BelowGroup[];
  readonly now: Instant;
}

const LISTED = 20;

export function digestContent(
  recipient: DigestContent['recipient'] & { readonly unitId: number },
  items: readonly OwedItem[],
  now: Instant,
): DigestContent {
  const groups = new Map<string, OwedItem[]>();
  for (const item of items.filter(({ unit }) => unit.id !== recipient.unitId)) {
    const key = `${item.requirement.code} ${item.period.key}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return {
    recipient,
    own: items.filter(({ unit }) => unit.id === recipient.unitId),
    below: [...groups.values()].flatMap(belowGroup),
    now,
  };
}

function belowGroup(items: readonly OwedItem[]): BelowGroup[] {
  const [first] = items;
  if (first === undefined) return [];
  return [
    {
      requirement: first.requirement,
      plan: first.plan,
      period: first.period,
      count: items.length,
      listed: items.slice(0, LISTED),
      earliestDeadline: Math.min(...items.map((item) => item.deadline)),
    },
  ];
}
