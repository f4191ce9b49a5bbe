/**
 * Counts of a node's obligations. Invariant: `onTime + late = accepted`, `accepted + rejected ≤ received ≤
 * expected`.
 */
export interface NodeCounts {
  /** Obligations in the subtree that are not exempt: the frozen denominator of completeness. */
  readonly expected: number;
  /** Obligations with at least one decided submission, accepted or rejected. */
  readonly received: number;
  readonly accepted: number;
  /** Accepted, first accepted submission received at or before the deadline. */
  readonly onTime: number;
  readonly late: number;
  /** Received, but nothing accepted yet. */
  readonly rejected: number;
}

/** How one slot of a node's accumulators combines. */
export type SlotOp = 'sum' | 'min' | 'max';

/** Elementwise accumulators of a node, in the layout of its form version; null = nothing contributed yet. */
export type Accumulators = readonly (bigint | null)[];

/** A figure ready to be shown: decimals as text, never as floats. */
export type FigureValue =
  | { readonly code: string; readonly type: 'quantity'; readonly value: string | null }
  | {
      readonly code: string;
      readonly type: 'ratio';
      readonly numerator: string | null;
      readonly denominator: string | null;
      /** Per cent with one decimal (`84.6`), null when there is no denominator. */
      readonly percent: string | null;
    };
