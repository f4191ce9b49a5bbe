import type { HintKind, PeerSpreads } from '@mach/domain';

/** A hint (lưu ý) about the report that counts for an obligation: something strange that breaks no rule. */
export interface ReportHintView {
  readonly kind: HintKind;
  /** RFC 6901 pointer into the report. */
  readonly pointer: string;
  readonly message: string;
  /** Of a copied narrative: the text (NFC) with the passages that stand in the other, and whose the other is. */
  readonly copied: {
    readonly share: number;
    readonly text: string;
    readonly passages: readonly (readonly [from: number, to: number])[];
    /** Null when that unit is beyond the reader's reach. */
    readonly source: {
      readonly unit: { readonly code: string; readonly name: string };
      readonly period: string;
    } | null;
  } | null;
}

/** `GET /api/v1/obligations/:id/hints`: about the report that counts; none while there is none. */
export interface ReportHintsView {
  readonly hints: readonly ReportHintView[];
}

/** `GET /api/v1/obligations/:id/usual`: what the figures of a report are compared with while they are typed. */
export interface UsualView {
  /** The unit's own earlier reports, newest first: by reference, a whole number of 10^-scale as text. */
  readonly past: readonly Readonly<Record<string, { readonly scale: number; readonly value: string }>>[];
  /** What is usual among units of its kind; never another unit's figures. */
  readonly peers: PeerSpreads;
  /** The period is the first of its year. */
  readonly newYear: boolean;
}

/** `GET /api/v1/rollups/:requirement/:period/:unit/hints`: reports in the subtree that carry hints. */
export interface HintedReportsView {
  readonly total: number;
  /** Those with most hints first, at most fifty. */
  readonly items: readonly {
    readonly obligationId: string;
    readonly unit: { readonly code: string; readonly name: string };
    readonly hints: number;
    /** The first of them. */
    readonly message: string;
  }[];
}
