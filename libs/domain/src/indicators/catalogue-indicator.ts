import type { Reason } from '../forms/form';
import { TIME_BEHAVIOURS, type Measure, type TimeBehaviour } from '../forms/indicator';
import { readOptionalText } from '../forms/read-indicator';
import { MEASURE_FIELDS, readMeasure } from '../forms/read-measure';
import { MAX_LABEL } from '../forms/read-named';
import { DefinitionReader, type Checked, type Fields } from '../reading/definition-reader';
import { UNIT_KINDS, UNIT_LEVELS, type UnitKind, type UnitLevel } from '../units/unit';

/** Which units report an indicator; an empty list leaves nobody out. */
export interface Reporters {
  readonly levels: readonly UnitLevel[];
  readonly kinds: readonly UnitKind[];
}

interface Described {
  readonly code: string;
  /** Vietnamese, as forms print it. */
  readonly label: string;
  /** What exactly is counted, in a sentence or two. */
  readonly definition: string;
  /** How to fill it in; a form may say its own. */
  readonly hint?: string;
  readonly time: TimeBehaviour;
  readonly reportedBy: Reporters;
  /** No later form asks for it (ngừng dùng); what was published goes on. */
  readonly retired?: true;
}

/** An indicator (chỉ tiêu) as the catalogue of all forms knows it. */
export type CatalogueIndicator = Described & Measure;

const DESCRIBED = ['code', 'label', 'definition', 'hint', 'time', 'reportedBy', 'retired'];
const FIELDS: Readonly<Record<Measure['type'], readonly string[]>> = {
  integer: [...DESCRIBED, ...MEASURE_FIELDS.integer],
  decimal: [...DESCRIBED, ...MEASURE_FIELDS.decimal],
  percent: [...DESCRIBED, ...MEASURE_FIELDS.percent],
  money: [...DESCRIBED, ...MEASURE_FIELDS.money],
  ratio: [...DESCRIBED, ...MEASURE_FIELDS.ratio],
  choice: [...DESCRIBED, ...MEASURE_FIELDS.choice],
  yesNo: [...DESCRIBED, ...MEASURE_FIELDS.yesNo],
  date: [...DESCRIBED, ...MEASURE_FIELDS.date],
  text: [...DESCRIBED, ...MEASURE_FIELDS.text],
};
const MAX_DEFINITION = 2000;

/** Checks an indicator as an administrator sends it; what is handed back holds nothing else. */
export function checkCatalogueIndicator(
  value: unknown,
  pointer = '',
): Checked<'indicator', CatalogueIndicator> {
  const reader = new DefinitionReader('indicator');
  const found = reader.variant(value, pointer, 'type', FIELDS);
  if (found === null) return { ok: false, reasons: reader.reasons };
  const { sort, fields } = found;
  const indicator: CatalogueIndicator = {
    ...readDescribed(reader, fields, pointer),
    ...readMeasure(reader, sort, fields, pointer),
  };
  return reader.reasons.length > 0 ? { ok: false, reasons: reader.reasons } : { ok: true, indicator };
}

/**
 * Reasons to refuse an amendment (sửa) of an indicator that a published form asks for: its words may change, not
 * what its figures are. Empty when it may be made.
 */
export function refuseAmendment(
  before: CatalogueIndicator,
  after: CatalogueIndicator,
  pointer: string,
): readonly Reason[] {
  const [old, renewed] = [fixedPart(before), fixedPart(after)];
  return Object.entries(FIXED).flatMap(([field, called]) =>
    JSON.stringify(old[field]) === JSON.stringify(renewed[field])
      ? []
      : [
          {
            pointer: `${pointer}/${field}`,
            code: 'indicator.fixed',
            message: `${called} của chỉ tiêu đã dùng trong biểu mẫu đã công bố thì không đổi được. Cần khác đi thì lập chỉ tiêu mới với mã khác.`,
          },
        ],
  );
}

/** What makes figures of one indicator one kind of figure, and what it is called in a sentence. */
const FIXED: Readonly<Record<string, string>> = {
  code: 'Mã',
  type: 'Kiểu số liệu',
  unit: 'Đơn vị tính',
  scale: 'Đơn vị tiền',
  decimals: 'Số chữ số thập phân',
  aggregation: 'Cách tổng hợp',
  options: 'Các mục để chọn',
  time: 'Cách tính theo thời gian (phát sinh, thời điểm)',
};

/** By the names of the fields; options count by their codes, which figures are kept by. */
function fixedPart(indicator: CatalogueIndicator): Readonly<Record<string, unknown>> {
  return {
    ...indicator,
    ...('options' in indicator ? { options: indicator.options.map(({ code }) => code) } : {}),
  };
}

function readDescribed(reader: DefinitionReader, fields: Fields, pointer: string): Described {
  const at = `${pointer}/reportedBy`;
  const reporters = reader.fields(fields['reportedBy'], at, ['levels', 'kinds']) ?? {};
  const some = <T extends string>(name: string, words: readonly [T, ...T[]]): readonly T[] => {
    const value = reporters[name];
    return Array.isArray(value) && value.length === 0 ? [] : reader.choices(value, `${at}/${name}`, words);
  };
  return {
    code: reader.code(fields['code'], `${pointer}/code`, new Set()),
    label: reader.text(fields['label'], `${pointer}/label`, MAX_LABEL),
    definition: reader.text(fields['definition'], `${pointer}/definition`, MAX_DEFINITION),
    ...readOptionalText(reader, fields, pointer, 'hint'),
    time: reader.choice(fields['time'], `${pointer}/time`, TIME_BEHAVIOURS),
    reportedBy: { levels: some('levels', UNIT_LEVELS), kinds: some('kinds', UNIT_KINDS) },
    ...(fields['retired'] !== undefined && reader.flag(fields['retired'], `${pointer}/retired`)
      ? { retired: true as const }
      : {}),
  };
}
