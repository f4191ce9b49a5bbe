import { DefinitionReader, type Checked } from '../reading/definition-reader';
import { checkSubtotals } from './check-subtotals';
import { numbersOf } from './figure-place';
import type { FormCheck, FormDefinition, Narrative } from './form';
import { isQuantity, type FigureRef, type Indicator } from './indicator';
import { readIndicator, readOption, readOptionalText } from './read-indicator';
import { MAX_LABEL } from './read-named';

const MAX_ENTRIES = 500;
const OPTIONS = ['allowNil', 'allowSameAsLast'];
const NARRATIVE_FIELDS = [
  'code',
  'label',
  'hint',
  'section',
  'required',
  'minLength',
  'maxLength',
  'suggestedLength',
];
/** The fields that a check has beside its kind. */
const CHECK_FIELDS: Readonly<Record<FormCheck['kind'], readonly string[]>> = {
  partsEqualWhole: ['code', 'parts', 'whole', 'message'],
  partAtMostWhole: ['code', 'part', 'whole', 'message'],
};

/**
 * Checks a form's definition as an administrator sends it: every field of its own type, unique codes, bounds
 * in order, weights, subtotals and checks that name figures the form has, a weight that is never negative. A
 * definition handed back holds nothing else and can be compiled.
 */
export function checkFormDefinition(value: unknown, pointer = ''): Checked<'definition', FormDefinition> {
  const reader = new DefinitionReader('form');
  const fields = reader.fields(value, pointer, ['indicators', 'narratives', 'checks', ...OPTIONS]);
  if (fields === null) return { ok: false, reasons: reader.reasons };
  const codes = new Set<string>();
  const indicators = readEach(reader, fields['indicators'], `${pointer}/indicators`, (item, at) =>
    readIndicator(reader, item, at, codes),
  );
  checkWeights(reader, indicators, `${pointer}/indicators`);
  checkSubtotals(reader, indicators, `${pointer}/indicators`);
  const narrativeCodes = new Set<string>();
  const narratives = readEach(reader, fields['narratives'], `${pointer}/narratives`, (item, at) =>
    readNarrative(reader, item, at, narrativeCodes),
  );
  const refs = new Set(indicators.filter(isPresent).flatMap(numbersOf));
  const checkCodes = new Set<string>();
  const checks = readEach(reader, fields['checks'], `${pointer}/checks`, (item, at) =>
    readCheck(reader, item, at, checkCodes, refs),
  );
  if (indicators.length + narratives.length === 0)
    reader.fault(pointer, 'empty', 'Biểu mẫu phải có ít nhất một chỉ tiêu hoặc một phần lời văn.');
  const options = {
    ...readOption(reader, fields, pointer, 'allowNil'),
    ...readOption(reader, fields, pointer, 'allowSameAsLast'),
  };
  if (reader.reasons.length > 0) return { ok: false, reasons: reader.reasons };
  return {
    ok: true,
    definition: {
      indicators: indicators.filter(isPresent),
      narratives: narratives.filter(isPresent),
      checks: checks.filter(isPresent),
      ...options,
    },
  };
}

function readEach<T>(
  reader: DefinitionReader,
  value: unknown,
  pointer: string,
  read: (item: unknown, at: string) => T | null,
): (T | null)[] {
  return reader
    .list(value, pointer, 0, MAX_ENTRIES)
    .map((item, index) => read(item, `${pointer}/${String(index)}`));
}

function checkWeights(
  reader: DefinitionReader,
  indicators: readonly (Indicator | null)[],
  pointer: string,
): void {
  const byCode = new Map(indicators.filter(isPresent).map((indicator) => [indicator.code, indicator]));
  indicators.forEach((indicator, index) => {
    const name = indicator === null ? null : weightOf(indicator);
    if (name === null) return;
    const at = `${pointer}/${String(index)}/aggregation/weight`;
    const weight = byCode.get(name);
    if (weight === undefined || !isQuantity(weight) || weight.code === indicator?.code) {
      reader.fault(
        at,
        'unknownReference',
        `Trọng số «${name}» phải là mã của một chỉ tiêu khác trong biểu mẫu, là một số và không phải tỷ lệ.`,
      );
    } else if (weight.min?.startsWith('-') === true) {
      reader.fault(
        at,
        'outOfRange',
        `Trọng số «${name}» không được nhận giá trị âm; mức thấp nhất (min) của chỉ tiêu đó phải từ 0.`,
      );
    }
  });
}

/** The code of the indicator by which this one is weighted; null when it is not. */
function weightOf(indicator: Indicator): string | null {
  return isQuantity(indicator) && indicator.aggregation.kind === 'weightedMean'
    ? indicator.aggregation.weight
    : null;
}

function readNarrative(
  reader: DefinitionReader,
  value: unknown,
  pointer: string,
  taken: Set<string>,
): Narrative | null {
  const fields = reader.fields(value, pointer, NARRATIVE_FIELDS);
  if (fields === null) return null;
  const maxLength = reader.integer(fields['maxLength'], `${pointer}/maxLength`, 1, 20_000);
  const within = (name: 'minLength' | 'suggestedLength'): Partial<Record<typeof name, number>> =>
    fields[name] === undefined
      ? {}
      : { [name]: reader.integer(fields[name], `${pointer}/${name}`, 1, Math.max(1, maxLength)) };
  return {
    code: reader.code(fields['code'], `${pointer}/code`, taken),
    label: reader.text(fields['label'], `${pointer}/label`, MAX_LABEL),
    ...readOptionalText(reader, fields, pointer, 'hint'),
    ...readOptionalText(reader, fields, pointer, 'section', MAX_LABEL),
    required: reader.flag(fields['required'], `${pointer}/required`),
    ...within('minLength'),
    maxLength,
    ...within('suggestedLength'),
  };
}

function readCheck(
  reader: DefinitionReader,
  value: unknown,
  pointer: string,
  taken: Set<string>,
  refs: ReadonlySet<FigureRef>,
): FormCheck | null {
  const found = reader.variant(value, pointer, 'kind', CHECK_FIELDS);
  if (found === null) return null;
  const { sort: kind, fields } = found;
  const ref = (raw: unknown, at: string): FigureRef => {
    const name = reader.text(raw, at, 80);
    if (name !== '' && !refs.has(name)) {
      reader.fault(
        at,
        'unknownReference',
        `Biểu mẫu không có số liệu «${name}». Với tỷ lệ, ghi <mã>.numerator hoặc <mã>.denominator.`,
      );
    }
    return name;
  };
  const code = reader.code(fields['code'], `${pointer}/code`, taken);
  const message = reader.text(fields['message'], `${pointer}/message`, 500);
  const whole = ref(fields['whole'], `${pointer}/whole`);
  const different = (parts: readonly FigureRef[]): void => {
    if (new Set([whole, ...parts]).size <= parts.length)
      reader.fault(pointer, 'duplicate', 'Một số liệu không được dùng hai lần trong cùng một phép kiểm tra.');
  };
  switch (kind) {
    case 'partAtMostWhole': {
      const part = ref(fields['part'], `${pointer}/part`);
      different([part]);
      return { code, kind, part, whole, message };
    }
    case 'partsEqualWhole': {
      const parts = reader
        .list(fields['parts'], `${pointer}/parts`, 1, MAX_ENTRIES)
        .map((item, index) => ref(item, `${pointer}/parts/${String(index)}`));
      different(parts);
      return { code, kind, parts, whole, message };
    }
  }
}

function isPresent<T>(entry: T | null): entry is T {
  return entry !== null;
}
