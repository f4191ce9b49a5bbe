import type {
  FigureValue,
  FigureView,
  Indicator,
  LocalDate,
  Narrative,
  NodeCounts,
  ObligationState,
  RuleFinding,
  UnitKind,
  UnitLevel,
} from '@mach/domain';

export interface CountsView extends NodeCounts {
  /** Not accepted and past the deadline at the time of reading. */
  readonly overdue: number;
}

/** One row of a roll-up: a unit with its counts and the age of its figures. */
export interface RollupRowView {
  readonly unit: {
    readonly code: string;
    readonly name: string;
    readonly level: UnitLevel;
    readonly kind: UnitKind;
    readonly tile: { readonly col: number; readonly row: number } | null;
  };
  readonly counts: CountsView;
  /** How the unit's own report stands (not those of the units below it); null when it owes none. */
  readonly ownState: ObligationState | null;
  /** Accepted ÷ expected in per cent, rounded down to one decimal; never above 100. */
  readonly completeness: string;
  /** When this node was last recomputed; null before the first time. */
  readonly computedAt: string | null;
  /** Receipt time of the newest accepted report in the subtree. */
  readonly latestReceivedAt: string | null;
  /** False while accepted reports wait to be added. */
  readonly exact: boolean;
  /** Whether the row can be opened further. */
  readonly hasChildren: boolean;
}

/** `GET /api/v1/rollups/:requirement/:period/:unit?view=`; `view` left out is `provisional`. */
export interface RollupView {
  readonly requirement: { readonly code: string; readonly title: string };
  readonly plan: { readonly symbol: string; readonly title: string };
  readonly period: {
    readonly key: string;
    readonly label: string;
    readonly startsOn: string;
    readonly endsOn: string;
  };
  readonly readAt: string;
  readonly node: RollupRowView;
  /** From the city down to this unit, for the way back. */
  readonly path: readonly { readonly code: string; readonly name: string }[];
  readonly indicators: readonly Indicator[];
  /** Which figures of the node follow. */
  readonly view: FigureView;
  readonly figures: readonly FigureValue[];
  /** The form's narratives, what units wrote in them is read by `…/texts/:code`. */
  readonly narratives: readonly Narrative[];
  /** The provisional ones, to be held against those of another view; null when they are the same. */
  readonly provisional: readonly FigureValue[] | null;
  /** Whether reports of this requirement are approved; where not, approved figures are the provisional ones. */
  readonly approvalAsked: boolean;
  /** Rules of the form that these figures break, added up as they are. */
  readonly contradictions: readonly RuleFinding[];
  /** Child nodes (committees under the city, …). */
  readonly children: readonly RollupRowView[];
  /** The unit's own obligation and those of its childless children: the reports this node adds up itself. */
  readonly reports: readonly ReportRowView[];
}

export interface ReportRowView {
  readonly obligationId: string;
  readonly unit: { readonly code: string; readonly name: string; readonly kind: UnitKind };
  readonly state: ObligationState;
  readonly deadline: string;
  readonly receivedAt: string | null;
  readonly version: number | null;
  readonly receiptNumber: string | null;
  readonly figures: readonly FigureValue[] | null;
  /** Rules that the accepted report breaks, with what its unit says of them. */
  readonly findings: readonly RuleFinding[];
}

/** `GET /api/v1/watch`: which roll-ups there are to watch (own subtree's top unit named). */
export interface WatchListView {
  readonly unit: { readonly code: string; readonly name: string };
  readonly items: readonly {
    readonly requirement: { readonly code: string; readonly title: string };
    readonly plan: { readonly symbol: string; readonly title: string };
    /** `formVersion`: that reports on this period are made with. */
    readonly periods: readonly {
      readonly key: string;
      readonly label: string;
      readonly startsOn: LocalDate;
      readonly formVersion: number;
    }[];
  }[];
}
