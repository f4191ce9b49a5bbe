/** A stored figure beside what the reports say; null: nothing. */
export interface ComparedFigureView {
  readonly name: string;
  readonly stored: string | null;
  readonly told: string | null;
}

/** A row that does not hold what its sources say. */
export interface DifferenceView {
  readonly kind: 'node' | 'view' | 'report' | 'submission';
  readonly requirement: string;
  readonly period: string;
  readonly unit: { readonly code: string; readonly name: string };
  readonly receiptNumber: string | null;
  readonly figures: readonly ComparedFigureView[];
  /** The fault is here; else it comes from below. */
  readonly here: boolean;
  /** What the first figure that differs is made of. */
  readonly sources: readonly {
    readonly unit: string;
    readonly receiptNumber: string | null;
    readonly value: string | null;
  }[];
}

/** One verification of every stored figure. */
export interface VerificationView {
  readonly id: number;
  readonly askedAt: string;
  /** Who asked; null: the night did. */
  readonly askedBy: string | null;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** Null until it has ended well. */
  readonly result: {
    readonly targets: number;
    readonly nodes: number;
    /** Nodes that something waited to be added to: not compared. */
    readonly waiting: number;
    readonly reports: number;
    readonly differences: number;
    /** The first of them. */
    readonly found: readonly DifferenceView[];
  } | null;
  /** Why it could not be done. */
  readonly failure: string | null;
}

/** `GET /api/v1/verifications`, and the answer to `POST`, which asks for one; the newest first. */
export interface VerificationListView {
  readonly items: readonly VerificationView[];
}
