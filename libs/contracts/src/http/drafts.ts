import type { Prefill, ReportEntry, ToldFacts } from '@mach/domain';

/** `GET /api/v1/obligations/:id/draft` */
export interface DraftAnswer {
  /** Null when there was never a draft. */
  readonly draft: DraftView | null;
}

/** A version of a draft (bản nháp): what stands unsent in the fields. It counts for nothing. */
export interface DraftView extends DraftMark {
  readonly formVersion: number;
  /** Receipt number of the report that the draft goes on from; null when it began with nothing. */
  readonly startedFrom: string | null;
  /** Null: it was sent and accepted, or thrown away. A next one is based on null. */
  readonly entry: ReportEntry | null;
}

/** Who saved a draft, and when. */
export interface DraftMark {
  readonly version: number;
  readonly savedAt: string;
  /** Display name of the account. */
  readonly savedBy: string;
}

/**
 * `PUT /api/v1/obligations/:id/draft`: saves the next version. Only its shape is checked; parts of the entry that
 * are left out are empty.
 */
export interface SaveDraftRequest extends Partial<ReportEntry> {
  /**
   * The version that its writer had seen last; null when there was no open draft. When another was saved or
   * closed since, nothing is written and the answer is 412 `draft.baseChanged` with `DraftConflict`.
   */
  readonly basedOn: number | null;
  readonly formVersion: number;
  readonly startedFrom: string | null;
}

export interface SavedDraftView {
  readonly version: number;
  readonly savedAt: string;
}

/** Member `draft` of the problem `draft.baseChanged`: what stands, what was sent, and what both started from. */
export interface DraftConflict {
  readonly current: DraftView | null;
  readonly yours: ReportEntry;
  /** Null when the version is not kept any more. */
  readonly base: ReportEntry | null;
}

/** `PUT /api/v1/obligations/:id/presence/:page`, every few seconds while the report is open. */
export interface PresenceView {
  readonly others: readonly {
    readonly name: string;
    /** Whether it is another window of the same account. */
    readonly own: boolean;
    readonly since: string;
  }[];
  /** The newest version, also of a draft that was closed; null when there was never one. */
  readonly draft: (DraftMark & { readonly open: boolean; readonly own: boolean }) | null;
}

/**
 * `GET /api/v1/obligations/:id/prefill`: last period's figures, and what need not be typed again. It is never sent by
 * itself: figures that are filled in are marked until somebody touches or confirms them.
 */
export interface PrefillView extends Prefill {
  /** What the form's rules ask beside the report: the unit, the period before, targets, the units below. */
  readonly known: ToldFacts;
}
