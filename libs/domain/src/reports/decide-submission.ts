import type { SoundReport } from '../forms/compiled-form';
import type { Reason, ReportPayload } from '../forms/form';
import type { Instant } from '../time';
import type { ObligationWindow } from './obligation-state';
import { judgeReport, type ReportMeasure } from './judge-report';
import { refuseByWindow, refuseOtherForm, refuseUnseen } from './refusals';

/** All that the decision on one submission (lần nộp) depends on. */
export interface SubmissionCase extends ReportMeasure {
  /** The version that the obligation's requirement asks for. */
  readonly formVersionId: string;
  readonly obligation: ObligationWindow & { readonly deadline: Instant; readonly lastVersion: number };
  /** The submission that is accepted at present. */
  readonly accepted: { readonly seq: bigint } | null;
  readonly submission: {
    readonly formVersionId: string;
    /**
     * The door judged it by its form and found it right; nothing that only the decision knows can change that, but a
     * correction (`figuresReturned`).
     */
    readonly judgedAtDoor: boolean;
    /** Null is enough for a report that need not be judged again. */
    readonly payload: ReportPayload | null;
    readonly receivedAt: Instant;
    /** Order of receipt. */
    readonly seq: bigint;
    /** `seq` of the newest report of this obligation that its sender had seen; null when it was none. */
    readonly baseSeq: bigint | null;
  };
}

/**
 * `accepted`: this submission's figures count from now on, and the one accepted before becomes history.
 * `rejected`: whatever was accepted before stays so. `onTime` is about this submission's receipt; an
 * obligation is on time when any accepted submission was.
 */
export type SubmissionDecision =
  | {
      readonly kind: 'accepted';
      readonly version: number;
      /** Null: as the door found. */
      readonly judged: SoundReport | null;
      readonly onTime: boolean;
      /** With what was carried over from the version before; null: as it was sent. */
      readonly payload: ReportPayload | null;
    }
  | { readonly kind: 'rejected'; readonly reasons: readonly Reason[] };

/**
 * Decides a submission. Nobody replaces a report unseen: while one is accepted that is newer than the newest
 * its sender had seen, the submission is refused and the sender asked to look. The window is judged by the
 * time of receipt, so a report never fails because deciding took long. Where single figures were given back, only
 * these may differ from the version that counts; figures left out are carried over from it. The submissions of one obligation are
 * to be decided in the order of their receipt.
 * A submission decided already is not to be decided again (its state is not `received`); should it be, it is
 * accepted again with the same figures.
 */
export function decideSubmission(input: SubmissionCase): SubmissionDecision {
  const { obligation, submission, figuresReturned } = input;
  const refusals = refusalsOfReport(input);
  if (refusals.length > 0) return { kind: 'rejected', reasons: refusals };
  const version = obligation.lastVersion + 1;
  const onTime = submission.receivedAt <= obligation.deadline;
  if (submission.judgedAtDoor && figuresReturned === null)
    return { kind: 'accepted', version, judged: null, onTime, payload: null };
  if (submission.payload === null) throw new Error('a report cannot be judged without its payload');
  const judged = judgeReport(input, submission.payload);
  if (!judged.ok) return { kind: 'rejected', reasons: judged.reasons };
  const { figures, contribution, findings, nil } = judged;
  return {
    kind: 'accepted',
    version,
    judged: { figures, contribution, findings, nil },
    onTime,
    payload: figuresReturned === null ? null : judged.payload,
  };
}

function refusalsOfReport({ formVersionId, obligation, accepted, submission }: SubmissionCase): Reason[] {
  const unseen =
    accepted !== null && accepted.seq !== submission.seq && accepted.seq > (submission.baseSeq ?? 0n);
  return [
    refuseByWindow(obligation, submission.receivedAt),
    submission.formVersionId === formVersionId ? null : refuseOtherForm(),
    unseen ? refuseUnseen(obligation.lastVersion) : null,
  ].filter((reason) => reason !== null);
}
