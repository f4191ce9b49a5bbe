import type { DraftMark } from './drafts';
import type {
  ReadRule,
  FormDefinition,
  HintKind,
  ObligationState,
  Punctuality,
  Reason,
  ReportPayload,
  RuleFinding,
  SubmissionState,
} from '@mach/domain';

/**
 * `POST /api/v1/reports`, with the header `Idempotency-Key`. Checked by hand against the form, not by
 * class-validator (architecture: figures).
 */
export interface SubmitReportRequest extends ReportPayload {
  /** Code of the requirement, e.g. `14-CTR-TU-THANG`. */
  readonly requirement: string;
  /** Key of the period: `2026-11`, `2026-Q4`, `2026`. */
  readonly period: string;
  /** Code of the reporting unit. */
  readonly unit: string;
  readonly formVersion: number;
  /**
   * Receipt number of the newest report of this obligation that the sender had seen, null when there was none
   * (`ObligationDetailView.latest`). When another was accepted since, this one is rejected with
   * `report.baseChanged` instead of replacing it unseen.
   */
  readonly basedOn: string | null;
}

/** `202 Accepted`: phiếu tiếp nhận. */
export interface ReceiptView {
  readonly receiptNumber: string;
  readonly receivedAt: string;
  /** `/api/v1/reports/<receiptNumber>` */
  readonly statusUrl: string;
  /** True when the same request had been received before; nothing new was stored. */
  readonly replayed: boolean;
}

/** `GET /api/v1/reports/:receiptNumber` */
export interface ReportStatusView {
  readonly receiptNumber: string;
  readonly requirement: string;
  readonly period: string;
  readonly unit: { readonly code: string; readonly name: string };
  readonly state: SubmissionState;
  readonly version: number | null;
  readonly receivedAt: string;
  readonly decidedAt: string | null;
  readonly reasons: readonly Reason[];
  /** Rules that an accepted report breaks without being refused: hints, and what the unit explained. */
  readonly findings: readonly RuleFinding[];
  /**
   * Of a report rejected with `report.baseChanged`: the one that counts at the time of reading, to be looked
   * at beside it; a next report may be based on it. Null otherwise.
   */
  readonly overtakenBy: CountingReportView | null;
}

/** `GET /api/v1/reports/:receiptNumber`. */
export interface ReceiptStatusView extends ReportStatusView {
  /** What is strange about the report while it counts (lưu ý); looked for after its decision. */
  readonly hints: readonly {
    readonly kind: HintKind;
    readonly pointer: string;
    readonly message: string;
  }[];
}

/** The report that counts for an obligation. */
export interface CountingReportView {
  readonly receiptNumber: string;
  readonly version: number;
  readonly receivedAt: string;
  /** Display name of the account that sent it. */
  readonly sentBy: string;
  readonly payload: ReportPayload;
}

/** A request for an extension that waits for the superior. */
export interface ExtensionRequestView {
  readonly until: string;
  readonly reason: string;
  readonly askedAt: string;
}

/** A return that stands: of `figures`, each with its reason, or (null) of the whole with `reason`. */
export interface ReturnView {
  readonly figures: Readonly<Record<string, string>> | null;
  readonly reason: string | null;
  readonly at: string;
  readonly correctBy: string;
}

/**
 * An item of `GET /api/v1/obligations?unit=&state=&period=&requirement=&limit=` (own subtree only): the
 * answer is an array, soonest deadline first. When there is more, the `Link` header names the next page
 * (`rel="next"`, RFC 8288).
 */
export interface ObligationView {
  readonly id: string;
  readonly requirement: { readonly code: string; readonly title: string };
  readonly plan: { readonly symbol: string; readonly title: string };
  readonly period: { readonly key: string; readonly label: string };
  readonly unit: { readonly code: string; readonly name: string };
  readonly state: ObligationState;
  readonly opensAt: string;
  /** The deadline given when the period was opened. */
  readonly firstDeadline: string;
  /** Later than the first when it was extended. */
  readonly deadline: string;
  /** Until when what was given back is to be corrected; null when nothing was. */
  readonly correctBy: string | null;
  readonly closesAt: string;
  /** How punctual what counts was; null while nothing counts. */
  readonly punctuality: Punctuality | null;
  readonly version: number | null;
  /** What stands typed and unsent on the server; it counts for nothing. Null when nothing does. */
  readonly draft: DraftMark | null;
  /** What was given back and is not corrected; null when nothing is. */
  readonly returned: ReturnView | null;
  /** The request for an extension that waits; null when none does. */
  readonly extensionAsked: ExtensionRequestView | null;
}

/** `GET /api/v1/obligations/:id`: what the report page needs. */
export interface ObligationDetailView extends ObligationView {
  readonly formVersion: number;
  readonly formTitle: string;
  readonly definition: FormDefinition;
  /** The form's rules as the domain judges by them; they are read on the server only. */
  readonly rules: readonly ReadRule[];
  /**
   * The latest submission, to prefill a correction; one that was refused because another had come between is
   * left out.
   */
  readonly latest: { readonly status: ReportStatusView; readonly payload: ReportPayload } | null;
}
