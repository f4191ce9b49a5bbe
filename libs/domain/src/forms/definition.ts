import { DefinitionReader, type Checked } from '../reading/definition-reader';
import { placesOf } from './figure-place';
import type { FigureRef, FormCheck, FormDefinition, Indicator, Narrative } from './form';
import { readHint, readIndicator } from './read-indicator';

const MAX_ENTRIES = 500;

/**
 * Checks a form's definition as an administrator sends it: every field of its own type, unique codes, bounds
 * in order, weights and checks that name figures the form has, a weight that is never negative. A definition
 * handed back holds nothing else and can be compiled.
 */
export function checkFormDefinition(value: unknown, pointer = ''): Checked<'definition', FormDefinition> {
  const reader = new DefinitionReader('form');
  const fields = reader.fields(value, pointer, ['indicators', 'narratives', 'checks']);
  if (fields === null) return { ok: false, reasons: reader.reasons };
  const codes = new Set<string>();
  const indicators = readEach(reader, fields['indicators'], `${pointer}/indicators`, (item, at) =>
    readIndicator(reader, item, at, codes),
  );
  checkWeights(reader, indicators, `${pointer}/indicators`);
  const narrativeCodes = new Set<string>();
  const narratives = readEach(reader, fields['narratives'], `${pointer}/narratives`, (item, at) =>
    readNarrative(reader, item, at, narrativeCodes),
  );
  const refs = new Set(
    indicators
      .filter(isPresent)
      .flatMap(placesOf)
      .map(({ ref }) => ref),
  );
  const checkCodes = new Set<string>();
  const checks = readEach(reader, fields['checks'], `${pointer}/checks`, (item, at) =>
    readCheck(reader, item, at, checkCodes, refs),
  );
  if (indicators.length + narratives.length === 0)
    reader.fault(pointer, 'empty', 'Biểu mẫu phải có ít nhất một chỉ tiêu hoặc một phần lời văn.');
  if (reader.reasons.length > 0) return { ok: false, reasons: reader.reasons };
  return {
    ok: true,
    definition: {
      indicators: indicators.filter(isPresent),
      narratives: narratives.filter(isPresent),
      checks: checks.filter(isPresent),
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
    if (indicator?.aggregation.kind !== 'weightedMean') return;
    const { aggregation, code } = indicator;
    const at = `${pointer}/${String(index)}/aggregation/weight`;
    const weight = byCode.get(aggregation.weight);
    if (weight === undefined || weight.type === 'ratio' || weight.code === code) {
      reader.fault(
        at,
        'unknownReference',
        `Trọng số «${aggregation.weight}» phải là mã của một chỉ tiêu khác trong biểu mẫu, không phải tỷ lệ.`,
      );
    } else if (weight.min?.startsWith('-') === true) {
      reader.fault(
        at,
        'outOfRange',
        `Trọng số «${aggregation.weight}» không được nhận giá trị âm; mức thấp nhất (min) của chỉ tiêu đó phải từ 0.`,
      );
    }
  });
}

function readNarrative(
  reader: DefinitionReader,
  value: unknown,
  pointer: string,
  taken: Set<string>,
): Narrative | null {
  const fields = reader.fields(value, pointer, ['code', 'label', 'hint', 'required', 'maxLength']);
  if (fields === null) return null;
  return {
    code: reader.code(fields['code'], `${pointer}/code`, taken),
    label: reader.text(fields['label'], `${pointer}/label`, 500),
    ...readHint(reader, fields, pointer),
    required: reader.flag(fields['required'], `${pointer}/required`),
    maxLength: reader.integer(fields['maxLength'], `${pointer}/maxLength`, 1, 20_000),
  };
}

function readCheck(
  reader: DefinitionReader,
  value: unknown,
  pointer: string,
  taken: Set<string>,
  refs: ReadonlySet<FigureRef>,
): FormCheck | null {
  const partAtMostWhole =
    typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'partAtMostWhole';
  const fields = reader.fields(value, pointer, [
    'code',
    'kind',
    partAtMostWhole ? 'part' : 'parts',
    'whole',
    'message',
  ]);
  if (fields === null) return null;
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
  const kind = reader.choice(fields['kind'], `${pointer}/kind`, ['partAtMostWhole', 'partsEqualWhole']);
  const whole = ref(fields['whole'], `${pointer}/whole`);
  const parts = partAtMostWhole
    ? [ref(fields['part'], `${pointer}/part`)]
    : reader
        .list(fields['parts'], `${pointer}/parts`, 1, MAX_ENTRIES)
        .map((item, index) => ref(item, `${pointer}/parts/${String(index)}`));
  if (new Set([whole, ...parts]).size <= parts.length) {
    reader.fault(pointer, 'duplicate', 'Một số liệu không được dùng hai lần trong cùng một phép kiểm tra.');
  }
  return kind === 'partAtMostWhole'
    ? { code, kind, part: parts[0] ?? '', whole, message }
    : { code, kind, parts, whole, message };
}

function isPresent<T>(entry: T | null): entry is T {
  return entry !== null;
}
