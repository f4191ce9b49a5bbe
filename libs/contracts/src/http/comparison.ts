import type {
  ComparedColumnName,
  ComparedIndicator,
  Indicator,
  NodeTarget,
  TargetShare,
  UnitKind,
  UnitLevel,
} from '@mach/domain';

/** One indicator of a node in every column, with what it is to reach; null when there is no target. */
export interface ComparedIndicatorView extends ComparedIndicator {
  readonly target: (NodeTarget & TargetShare) | null;
}

/** One column of a node: which periods it is made of, and how many reports stand in it. */
export interface ComparedColumnView {
  /** Keys, in the order of time. */
  readonly periods: readonly string[];
  /** Accepted and expected reports of all its opened periods together. */
  readonly accepted: number;
  readonly expected: number;
}

export type ComparedColumnsView = Readonly<Record<ComparedColumnName, ComparedColumnView>>;

/** `GET /api/v1/rollups/:requirement/:period/:unit/comparison` */
export interface ComparisonView {
  /** Names of the periods by their keys: `Tháng 10/2026`. */
  readonly labels: Readonly<Record<string, string>>;
  readonly columns: ComparedColumnsView;
  /** In the order of the form. */
  readonly indicators: readonly ComparedIndicatorView[];
}

/** `GET /api/v1/rollups/:requirement/:period/:unit/comparison/children?indicator=`; every indicator without one. */
export interface ChildrenComparisonView {
  readonly labels: ComparisonView['labels'];
  /** Those compared, as the form in force for the period prints them. */
  readonly indicators: readonly Indicator[];
  readonly node: ComparedRowView;
  /** Child nodes within reach, in the order of their codes. */
  readonly children: readonly ComparedRowView[];
}

export interface ComparedRowView {
  readonly unit: {
    readonly code: string;
    readonly name: string;
    readonly level: UnitLevel;
    readonly kind: UnitKind;
  };
  readonly columns: ComparedColumnsView;
  readonly indicators: readonly ComparedIndicatorView[];
}
