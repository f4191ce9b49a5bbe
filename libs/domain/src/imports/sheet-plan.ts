import { narrativePointer, placesOf } from '../forms/figure-place';
import { pointerTo } from '../pointer';
import type { FormRule } from '../rules/rule';
import type { FormDefinition, Narrative } from '../forms/form';
import type { FigureRef, Indicator } from '../forms/indicator';
import { unitOf } from '../forms/money-scale';

/** What stands in a column of a form's table. */
export type ColumnContent =
  | { readonly kind: 'unit' }
  /** Of the unit, for the eye; not read back. */
  | { readonly kind: 'name' }
  | { readonly kind: 'figure'; readonly indicator: Indicator; readonly ref: FigureRef }
  | { readonly kind: 'narrative'; readonly narrative: Narrative }
  /** That nothing happened (không phát sinh). */
  | { readonly kind: 'nil' }
  /** Why figures are right that break a rule (giải trình). */
  | { readonly kind: 'explanation'; readonly rule: FormRule };

/** One column of the table that a form is as a workbook (tệp số liệu), with a row for each unit. */
export interface SheetColumn {
  /** Names the column in the row of codes, by which it is found again wherever it was moved to. */
  readonly code: string;
  /** The first level of the headings; columns of one group stand side by side. */
  readonly group: string;
  /** The second level; empty when the group says it all. */
  readonly heading: string;
  /** Where a report holds it; empty for the unit's own columns. */
  readonly pointer: string;
  readonly content: ColumnContent;
}

export const UNIT_COLUMN = 'don_vi';
const NAME_COLUMN = 'ten_don_vi';

const NIL_COLUMN: SheetColumn = {
  code: 'khong_phat_sinh',
  group: 'Không phát sinh',
  heading: '',
  pointer: '/nil',
  content: { kind: 'nil' },
};

/** The columns of a form's table: the unit's code and name, every figure that is entered, every narrative, every reason that may be asked. */
export function planSheet(definition: FormDefinition): readonly SheetColumn[] {
  return [
    { code: UNIT_COLUMN, group: 'Mã đơn vị', heading: '', pointer: '', content: { kind: 'unit' } },
    { code: NAME_COLUMN, group: 'Tên đơn vị', heading: '', pointer: '', content: { kind: 'name' } },
    ...(definition.allowNil === true ? [NIL_COLUMN] : []),
    ...definition.indicators.flatMap(columnsOf),
    ...definition.narratives.map((narrative): SheetColumn => ({
      code: `loi_van/${narrative.code}`,
      group: 'Lời văn',
      heading: narrative.label,
      pointer: narrativePointer(narrative.code),
      content: { kind: 'narrative', narrative },
    })),
    ...definition.rules.filter(({ severity }) => severity === 'explain').map(explanationColumn),
  ];
}

function explanationColumn(rule: FormRule): SheetColumn {
  return {
    code: `giai_trinh/${rule.code}`,
    group: 'Giải trình, khi số liệu đúng mà trái quy tắc',
    heading: rule.message,
    pointer: pointerTo('/explanations', rule.code),
    content: { kind: 'explanation', rule },
  };
}

/** The column's name in a sentence. */
export function columnName({ group, heading, content }: SheetColumn): string {
  if (content.kind === 'narrative') return heading;
  if (content.kind === 'explanation') return `Giải trình: ${heading}`;
  return heading === '' ? group : `${group} – ${heading}`;
}

function columnsOf(indicator: Indicator): SheetColumn[] {
  const unit = unitOf(indicator);
  const group = unit === '' ? indicator.label : `${indicator.label} (${unit})`;
  return placesOf(indicator).map(({ ref, label, pointer }) => ({
    code: ref,
    group,
    heading: ref === indicator.code ? '' : label,
    pointer,
    content: { kind: 'figure', indicator, ref },
  }));
}
