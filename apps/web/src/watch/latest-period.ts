import type { WatchListView } from '@mach/contracts';

/**
 * The newest period there is to watch, and the first requirement that has it. Keys are `YYYY-MM` and sort as
 * text.
 */
export function latestPeriod(
  list: WatchListView,
): { readonly requirement: string; readonly period: string } | null {
  let latest: { requirement: string; period: string } | null = null;
  for (const { requirement, periods } of list.items) {
    for (const { key } of periods) {
      if (latest === null || key > latest.period) latest = { requirement: requirement.code, period: key };
    }
  }
  return latest;
}
