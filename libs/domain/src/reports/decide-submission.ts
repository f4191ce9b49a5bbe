import type { CompiledForm } from '../forms/compiled-form';
import type { Reason, ReportPayload } from '../forms/form';
import type { Accumulators } from '../rollup/rollup';
import { localDateOf, localTimeOf, type Instant } from '../time';
import { admission, type ObligationWindow } from './obligation-state';

/** Reason of a refusal: another report was accepted that the sender had not seen. */
export const BASE_CHANGED = 'report.baseChanged';

/** All that the decision on one submission (lần nộp) depends on. */
export interface SubmissionCase {
  readonly form: CompiledForm;
  /** The version that the obligation's requirement asks for. */
  readonly formVersionId: string;
  readonly obligation: ObligationWindow & { readonly deadline: Instant; readonly lastVersion: number };
  /** The submission that is accepted at present. */
  readonly accepted: { readonly seq: bigint } | null;
  readonly submission: {
    readonly formVersionId: string;
    readonly payload: ReportPayload;
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
      readonly figures: readonly (bigint | null)[];
      readonly contribution: Accumulators;
      readonly onTime: boolean;
    }
  | { readonly kind: 'rejected'; readonly reasons: readonly Reason[] };

/**
 * Decides a submission. Nobody replaces a report unseen: while one is accepted that is newer than the newest
 * its sender had seen, the submission is refused and the sender asked to look. The window is judged by the
 * time of receipt, so a report never fails because deciding took long. The submissions of one obligation are
 * to be decided in the order of their receipt.
 * A submission decided already is not to be decided again (its state is not `received`); should it be, it is
 * accepted again with the same figures.
 */
export function decideSubmission(input: SubmissionCase): SubmissionDecision {
  const { form, obligation, submission } = input;
  const refusals = refusalsOfReport(input);
  if (refusals.length > 0) return { kind: 'rejected', reasons: refusals };
  const checked = form.check(submission.payload);
  if (!checked.ok) return { kind: 'rejected', reasons: checked.reasons };
  const version = obligation.lastVersion + 1;
  const onTime = submission.receivedAt <= obligation.deadline;
  return { kind: 'accepted', version, figures: checked.figures, contribution: checked.contribution, onTime };
}

function refusalsOfReport({ formVersionId, obligation, accepted, submission }: SubmissionCase): Reason[] {
  const reasons: Reason[] = [];
  switch (admission(obligation, submission.receivedAt)) {
    case 'exempt':
      reasons.push({
        pointer: '/unit',
        code: 'report.obligationExempt',
        message: 'Đơn vị được miễn báo cáo kỳ này, không cần gửi báo cáo.',
      });
      break;
    case 'notYetOpen':
      reasons.push({
        pointer: '/period',
        code: 'report.notYetOpen',
        message: `Kỳ báo cáo chưa mở. Đề nghị gửi lại từ ${spokenInstant(obligation.opensAt)}.`,
      });
      break;
    case 'closed':
      reasons.push({
        pointer: '/period',
        code: 'report.closed',
        message: `Kỳ báo cáo đã đóng lúc ${spokenInstant(obligation.closesAt)}, không nhận thêm báo cáo. Nếu cần bổ sung, đề nghị liên hệ cấp trên trực tiếp.`,
      });
      break;
    case 'open':
      break;
  }
  if (submission.formVersionId !== formVersionId) {
    reasons.push({
      pointer: '/formVersion',
      code: 'report.formVersionMismatch',
      message:
        'Báo cáo lập theo phiên bản biểu mẫu khác với phiên bản của kỳ này. Đề nghị mở lại biểu mẫu hiện hành và nhập lại.',
    });
  }
  if (accepted !== null && accepted.seq !== submission.seq && accepted.seq > (submission.baseSeq ?? 0n)) {
    reasons.push({
      pointer: '/basedOn',
      code: BASE_CHANGED,
      message: `Trong lúc báo cáo này được lập, bản khác của đơn vị đã được ghi nhận (phiên bản ${String(obligation.lastVersion)}). Đề nghị xem bản đó rồi chọn giữ bản nào.`,
    });
  }
  return reasons;
}

/** `17:00 ngày 17/11/2026` */
function spokenInstant(instant: Instant): string {
  const [year = '', month = '', day = ''] = localDateOf(instant).split('-');
  return `${localTimeOf(instant)} ngày ${day}/${month}/${year}`;
}
