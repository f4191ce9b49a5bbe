/** How a cell looks; `number0` to `number6` by decimals. */
export type CellStyle =
  | 'title'
  | 'heading'
  | 'code'
  | 'text'
  | 'prose'
  | 'number0'
  | 'number1'
  | 'number2'
  | 'number3'
  | 'number4'
  | 'number5'
  | 'number6'
  | 'day';

export const NUMBER_STYLES = [
  'number0',
  'number1',
  'number2',
  'number3',
  'number4',
  'number5',
  'number6',
] as const satisfies readonly CellStyle[];

/** A number is given as the text of a decimal, never as a double. */
export type WorkbookCell =
  | { readonly style: CellStyle; readonly text: string }
  | { readonly style: CellStyle; readonly number: string }
  | null;

export interface WorkbookColumn {
  /** In characters. */
  readonly width: number;
  /** What a cell that is still empty looks like once it is filled in. */
  readonly style?: CellStyle;
}

export interface WorkbookSheet {
  readonly name: string;
  readonly hidden?: boolean;
  readonly columns: readonly WorkbookColumn[];
  /** Rows and columns that stay in sight; none by default. */
  readonly frozen?: { readonly rows: number; readonly columns: number };
  /** Range of headings by which people filter. */
  readonly filter?: string;
  /** `A1:B1` */
  readonly merges?: readonly string[];
  readonly rows: Iterable<readonly WorkbookCell[]> | AsyncIterable<readonly WorkbookCell[]>;
}
