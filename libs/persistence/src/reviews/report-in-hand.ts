import type { Instant, RecordedAct, ReminderPolicy, ReportLife } from '@mach/domain';
import type { NodeName } from '../rollup/mark-nodes-dirty';

/** A report with all that an act on it depends on, its obligation locked. */
export interface ReportInHand extends NodeName {
  readonly obligationId: number;
  readonly unitId: number;
  readonly superiorUnitId: number | null;
  readonly life: ReportLife;
  readonly policy: ReminderPolicy;
  /** The submission that counts; null while nothing does. */
  readonly counting: {
    readonly submissionId: string;
    readonly formVersionId: string;
    readonly figures: readonly (bigint | null)[];
  } | null;
}

/** An act as it is written down, with what it made of the report. */
export interface ActToRecord {
  readonly report: ReportInHand;
  readonly act: RecordedAct;
  readonly accountId: number;
  readonly at: Instant;
  readonly after: ReportLife;
  /** When reminding goes on; null: never. `unchanged`: what is owed and when is the same, a step may be due now. */
  readonly nextNoticeAt: Instant | null | 'unchanged';
  /** What still counts while figures are given back; null when the act changes nothing about that. */
  readonly contribution: readonly (bigint | null)[] | null;
}
