/** What was found wrong with one place of a table, or is to be looked at, before its place is put into words. */
export interface CellProblem {
  /** Index of the column in the table as it was handed in; null when it is about the whole row. */
  readonly column: number | null;
  /** `<area>.<reason>` */
  readonly code: string;
  /** Vietnamese; what is wrong and how to mend it. */
  readonly message: string;
  /** What stands there, cut short; null when nothing does. */
  readonly found: string | null;
  /** What should stand there; null when the message says it. */
  readonly wanted: string | null;
}

/** The same with its place: `Số liệu!D17`, `dòng 17, cột 4`, `/16/figures/sessions`. */
export interface ImportProblem extends Omit<CellProblem, 'column'> {
  readonly place: string;
}
