import type {
  Instant,
  SoundReport,
  Reason,
  ReportPayload,
  ReturnedFigures,
  SubmissionState,
} from '@mach/domain';

/**
 * What deciding on a submission needs to know of its obligation (nghĩa vụ báo cáo), read under its row lock.
 */
export interface ObligationInHand {
  readonly id: string;
  readonly requirementId: string;
  readonly periodId: number;
  /** The roll-up node that adds up this unit's own figures. */
  readonly nodeUnitId: number;
  /** The form version the requirement asks for. */
  readonly formVersionId: string;
  readonly exempt: boolean;
  readonly opensAt: Instant;
  readonly deadline: Instant;
  readonly closesAt: Instant;
  /** Receipt time of the earliest submission decided so far. */
  readonly receivedAt: Instant | null;
  /** Receipt time of the earliest submission found valid so far: what "on time" is measured by. */
  readonly firstAcceptedAt: Instant | null;
  readonly accepted: { readonly submissionId: string; readonly seq: bigint } | null;
  readonly lastVersion: number;
  /** Single figures of the accepted submission were given back (trả lại): only these may be changed. */
  readonly figuresReturned: ReturnedFigures | null;
}

/** A submission (lần nộp) that nobody has decided on yet. */
export interface UndecidedSubmission {
  readonly id: string;
  /** Order of receipt. */
  readonly seq: bigint;
  readonly obligationId: string;
  readonly formVersionId: string;
  /** The door found it right by its form, and wrote down what it found. */
  readonly judgedAtDoor: boolean;
  /** Null when it need not be judged again. */
  readonly payload: ReportPayload | null;
  readonly receivedAt: Instant;
  /**
   * The report that its sender had seen last; null when that was none, or one refused because another had come
   * between: who goes on from such a one may not have seen what stands.
   */
  readonly base: { readonly id: string; readonly seq: bigint } | null;
}

/** Everything a batch of decisions reads; obligations are locked until the transaction ends. */
export interface DecisionInput {
  readonly obligations: readonly ObligationInHand[];
  /** In order of receipt. */
  readonly submissions: readonly UndecidedSubmission[];
  /** Submissions left out because somebody else holds their obligation or its node; only with `skip`. */
  readonly held: readonly string[];
}

/** A decided submission as it is written down. */
export interface SubmissionOutcome {
  readonly id: string;
  /** `superseded`: accepted, and replaced by another of the same batch. */
  readonly state: Exclude<SubmissionState, 'received' | 'returned'>;
  /** Null for a rejected one: only valid submissions are versions. */
  readonly version: number | null;
  /** What was found of it; `atTheDoor`: as it is written down already. Null for a rejected one: nothing counts. */
  readonly judged: SoundReport | 'atTheDoor' | null;
  readonly reasons: readonly Reason[] | null;
  /** With the figures carried over from the version before; null: as it was sent. */
  readonly payload: ReportPayload | null;
}

/** Everything a batch of decisions writes, in the transaction that settled their messages. */
export interface DecisionOutput {
  readonly decidedAt: Instant;
  readonly submissions: readonly SubmissionOutcome[];
  /** Submissions accepted in earlier batches that a newer one now replaces. */
  readonly replaced: readonly string[];
  /** The obligations these submissions belong to, as they stand after the last decision. */
  readonly obligations: readonly ObligationInHand[];
}
