import type { ObligationDetailView } from '@mach/contracts';
import type { Instant, RecordedActKind } from '@mach/domain';

/** Acts that need no report to be looked at: an office does them from the page of the obligation. */
export type OfficeAct = Extract<RecordedActKind, 'exempt' | 'lift_exemption' | 'unlock'>;

/**
 * Those of them that can be done now, of what is this account's to do. The server judges again; this only keeps
 * buttons off the page that would be refused.
 */
export function officeActs(
  detail: Pick<ObligationDetailView, 'state' | 'punctuality' | 'closesAt'>,
  mine: readonly RecordedActKind[],
  now: Instant,
): readonly OfficeAct[] {
  const exempt = detail.state === 'exempt';
  const possible: readonly OfficeAct[] = [
    ...(exempt ? (['lift_exemption'] as const) : []),
    ...(!exempt && detail.punctuality === null ? (['exempt'] as const) : []),
    ...(!exempt && now > Date.parse(detail.closesAt) ? (['unlock'] as const) : []),
  ];
  return possible.filter((act) => mine.includes(act));
}
