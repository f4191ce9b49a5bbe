import type { Instant } from '@mach/domain';

/** What is verified: everything, or what these codes name. */
export interface VerificationScope {
  readonly requirement?: string | undefined;
  readonly period?: string | undefined;
}

/** A stored figure beside what was worked out; times and numbers as PostgreSQL writes them. */
export interface ComparedFigure {
  readonly name: string;
  readonly stored: string | null;
  readonly told: string | null;
}

/** What a figure that differs is made of: a child node's stored figure, or what a report brings (`receiptNumber`). */
export interface FigureSource {
  readonly unit: string;
  readonly receiptNumber: string | null;
  readonly value: string | null;
}

/** A row that does not hold what its sources say. */
export interface Difference {
  /**
   * `node`: a total; `view`: what of it is approved, signable or signed; `report`: an obligation against its submissions and its record of acts; `submission`: what a
   * report brings to its node against what was sent.
   */
  readonly kind: 'node' | 'view' | 'report' | 'submission';
  readonly requirement: string;
  readonly period: string;
  readonly unit: { readonly code: string; readonly name: string };
  readonly receiptNumber: string | null;
  readonly figures: readonly ComparedFigure[];
  /** Of a node: its own parts do not add up to it either, so the fault is here; else it comes from below. */
  readonly here: boolean;
  /** Of a node: what the first figure that differs is made of, the largest first. */
  readonly sources: readonly FigureSource[];
}

/** What a verification found. */
export interface VerificationResult {
  /** Requirements and periods. */
  readonly targets: number;
  readonly nodes: number;
  /** Nodes that something below waits to be added to: not compared. */
  readonly waiting: number;
  readonly reports: number;
  readonly differences: number;
  /** The first of them. */
  readonly found: readonly Difference[];
}

/** A verification as it is kept. */
export interface VerificationRun {
  readonly id: number;
  readonly askedAt: Instant;
  /** Display name of who asked for it; null: the night's. */
  readonly askedBy: string | null;
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
  /** Null until it has ended well. */
  readonly result: VerificationResult | null;
  /** Why it could not be done. */
  readonly failure: string | null;
}
