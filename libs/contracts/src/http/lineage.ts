import type { FigureValue, Indicator, RawFigure, SubmissionState } from '@mach/domain';
import type { ActView } from './reviews';

/** What a figure of a node is made of: a unit's own report (`report`), or the total of a node below. */
export interface FigurePartView {
  readonly unit: { readonly code: string; readonly name: string };
  readonly figure: FigureValue;
  /** How many reports it adds up. */
  readonly reports: number;
  /** Of a report that is added up here; null for a node below. */
  readonly report: {
    readonly receiptNumber: string;
    readonly version: number;
    readonly receivedAt: string;
    readonly sentBy: string;
  } | null;
}

/**
 * `GET /api/v1/rollups/:requirement/:period/:unit/figures/:indicator?after=`: why a figure is what it is, the largest
 * parts first, a page at a time.
 */
export interface FigureLineageView {
  readonly requirement: { readonly code: string; readonly title: string };
  readonly period: { readonly key: string; readonly label: string };
  readonly unit: { readonly code: string; readonly name: string };
  readonly indicator: Indicator;
  readonly figure: FigureValue;
  /** Whether all parts together are the figure; false while something waits to be added up. */
  readonly adds: boolean;
  readonly parts: readonly FigurePartView[];
  /** What the parts of later pages come to together; null when this is the last page. */
  readonly rest: { readonly parts: number; readonly figure: FigureValue; readonly after: string } | null;
  /** Parts of units that are no longer below the reader's unit (ADR 0014): they are in the figure and not shown. */
  readonly outOfReach: number;
}

/** `GET /api/v1/reports/:receiptNumber/lineage`: what became of a report, and which totals it entered. */
export interface ReportLineageView {
  readonly receiptNumber: string;
  readonly requirement: { readonly code: string; readonly title: string };
  readonly period: { readonly key: string; readonly label: string };
  readonly unit: { readonly code: string; readonly name: string };
  readonly state: SubmissionState;
  readonly version: number | null;
  readonly receivedAt: string;
  readonly decidedAt: string | null;
  readonly sentBy: string;
  readonly exempt: boolean;
  /** Whether its figures are in the totals, but for those given back. */
  readonly counts: boolean;
  /** Indicators given back and not counted until they are corrected, each with its reason. */
  readonly givenBack: Readonly<Record<string, string>>;
  readonly indicators: readonly Indicator[];
  /** As they were sent. */
  readonly sent: Readonly<Record<string, RawFigure>>;
  /** As the form reads them; null of a report that was refused or is not decided. */
  readonly figures: readonly FigureValue[] | null;
  /** The record of the obligation, oldest first. */
  readonly acts: readonly ActView[];
  /** The nodes above it up to the topmost; `waiting`: not added up there yet. */
  readonly totals: readonly { readonly code: string; readonly name: string; readonly waiting: boolean }[];
}
