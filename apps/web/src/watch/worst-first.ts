import type { RollupRowView } from '@mach/contracts';
import { unaccent, type ObligationState } from '@mach/domain';

/** Whether the unit's own report is missing when it should be there, or came and has to be mended. */
export function ownMissing(state: ObligationState | null): boolean {
  return state === 'overdue' || state === 'rejected' || state === 'returned' || state === 'closed';
}

/**
 * Where help is needed first: units whose own report is missing, then those with most reports overdue below, then
 * the least complete; equals by name.
 */
export function worstFirst(a: RollupRowView, b: RollupRowView): number {
  return (
    Number(ownMissing(b.ownState)) - Number(ownMissing(a.ownState)) ||
    b.counts.overdue - a.counts.overdue ||
    Number(a.completeness) - Number(b.completeness) ||
    byUnitName(a, b)
  );
}

export function byUnitName(
  a: { readonly unit: { readonly name: string } },
  b: { readonly unit: { readonly name: string } },
): number {
  return unaccent(a.unit.name).localeCompare(unaccent(b.unit.name), 'vi', { numeric: true });
}
