import type { WatchListView } from '@mach/contracts';

/**
 * The period that began last of all there are to watch, and the first requirement that has it: where a month, a
 * quarter and a year end together, the month.
 */
export function latestPeriod(
  list: WatchListView,
): { readonly requirement: string; readonly period: string } | null {
  let latest: { requirement: string; period: string; startsOn: string } | null = null;
  for (const { requirement, periods } of list.items) {
    for (const { key, startsOn } of periods) {
      if (latest === null || startsOn > latest.startsOn)
        latest = { requirement: requirement.code, period: key, startsOn };
    }
  }
  return latest;
}
