import type { ImportProblem, Reason } from '@mach/domain';

/** One row of a table or one entry of a list, as a report that nobody has judged yet. */
export interface ReadRow {
  /** Where it stands, for a person. */
  readonly place: string;
  /** The code of the unit as it is written there; empty when there is none. */
  readonly unit: string;
  /** What would be sent as the report: `{ figures, narratives }`, or whatever stood there instead. */
  readonly body: unknown;
  /** What could not be read; the row is refused for it. */
  readonly problems: readonly ImportProblem[];
  /** What is to be looked at though it could be read. */
  readonly notes: readonly ImportProblem[];
  /** A reason about the report, told with its place in the table. */
  readonly tell: (reason: Reason) => ImportProblem;
}

/** A row that nobody has read yet: ten thousand rows with all that is wrong in them are not held at once. */
export interface UnreadRow extends Pick<ReadRow, 'place' | 'unit'> {
  readonly read: () => ReadRow;
}

/** All rows of a table, and what is to be said about it as a whole. */
export interface ReadRows {
  readonly rows: readonly UnreadRow[];
  readonly notes: readonly string[];
}
