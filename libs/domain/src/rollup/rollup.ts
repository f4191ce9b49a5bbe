import type { LocalDate } from '../time';

/**
 * Counts of a node's obligations. Invariant: `onTime + lateWithPermission + late = accepted`, `approved ≤ accepted`,
 * `nil ≤ accepted`, `accepted + rejected ≤ received ≤ expected`. What is accepted and not approved is provisional
 * where approval is asked for.
 */
export interface NodeCounts {
  /** Obligations in the subtree that are not exempt: the frozen denominator of completeness. */
  readonly expected: number;
  /** Obligations with at least one decided submission, accepted or rejected. */
  readonly received: number;
  readonly accepted: number;
  /** Accepted, first accepted submission received at or before the deadline given first. */
  readonly onTime: number;
  /** Accepted, after the deadline given first but not after the extended one. */
  readonly lateWithPermission: number;
  readonly late: number;
  /** Received, but nothing accepted yet, and not because it was given back. */
  readonly rejected: number;
  /** Accepted, and approved as it stands. */
  readonly approved: number;
  /** Accepted, and saying that nothing happened (không phát sinh). */
  readonly nil: number;
  /** Given back and not corrected yet: all of it, or single figures while the rest stays accepted. */
  readonly returned: number;
}

/** Every count, in the order in which they are told. */
export const NODE_COUNTS = [
  'expected',
  'received',
  'accepted',
  'onTime',
  'lateWithPermission',
  'late',
  'rejected',
  'approved',
  'nil',
  'returned',
] as const satisfies readonly (keyof NodeCounts)[];

/** How one slot of a node's accumulators combines. */
export type SlotOp = 'sum' | 'min' | 'max';

/** Elementwise accumulators of a node, in the layout of its form version; null = nothing contributed yet. */
export type Accumulators = readonly (bigint | null)[];

/**
 * A figure ready to be shown: decimals as text, never as floats. A report shows what was given, a node what the
 * reports below it add up to; where these are two sorts of thing they have two types.
 */
export type FigureValue = { readonly code: string } & (
  | { readonly type: 'quantity'; readonly value: string | null; readonly parts?: readonly PartValue[] }
  | {
      readonly type: 'ratio';
      readonly numerator: string | null;
      readonly denominator: string | null;
      /** Per cent with one decimal (`84.6`), null when there is no denominator. */
      readonly percent: string | null;
    }
  /** The option's code. */
  | { readonly type: 'choice'; readonly option: string | null }
  /** How many chose each option. */
  | { readonly type: 'distribution'; readonly options: readonly PartValue[]; readonly answers: string }
  | { readonly type: 'yesNo'; readonly yes: boolean | null }
  | { readonly type: 'yesCount'; readonly yes: string; readonly answers: string }
  | { readonly type: 'date'; readonly value: LocalDate | null }
  /** Whether a report gave the text, which is in its payload. */
  | { readonly type: 'text'; readonly given: boolean }
  /** How many units gave a figure or a text. */
  | { readonly type: 'count'; readonly count: string }
);

/** By the code of the part or option. */
export interface PartValue {
  readonly code: string;
  readonly value: string | null;
}
