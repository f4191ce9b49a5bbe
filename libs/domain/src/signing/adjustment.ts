import type { FigureRef } from '../forms/indicator';

/** What a signer adds to a machine figure (điều chỉnh), and why. */
export interface Adjustment {
  /** An indicator, one of its parts, or a side of a ratio: `sessions`, `members.female`, `attendance.numerator`. */
  readonly ref: FigureRef;
  /** An exact decimal in the indicator's own unit, `-3` or `12.5`; never zero. */
  readonly by: string;
  readonly reason: string;
}

/** An adjustment as it stands in a signature. */
export interface SignedAdjustment extends Adjustment {
  /** Who entered it: in this version, or in an earlier one that had the very same. */
  readonly author: string;
}

/** A figure of a node that can be adjusted: one that is a plain sum. */
export interface AdjustablePlace {
  readonly ref: FigureRef;
  /** Code of its indicator. */
  readonly indicator: string;
  readonly label: string;
  readonly unit: string;
  /** Decimals in which it is shown and adjusted. */
  readonly decimals: number;
}
