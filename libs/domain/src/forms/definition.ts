import { readAttachmentSlots } from '../files/read-attachment-slots';
import { DefinitionReader, type Checked } from '../reading/definition-reader';
import { checkSubtotals } from './check-subtotals';
import { checkRule, readRule } from '../rules/read-rule';
import type { FormDefinition, Narrative } from './form';
import { isQuantity, weightOf, type Indicator } from './indicator';
import { readIndicator, readOption, readOptionalText } from './read-indicator';
import { MAX_LABEL } from './read-named';
import { figureNames } from './rule-figures';

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
/**
 * Checks a form's definition as an administrator sends it: every field of its own type, unique codes, bounds
 * in order, weights, subtotals and rules that name figures the form has, a weight that is never negative. Expressions of rules
 * are looked at when all else is right. A definition handed back holds nothing else and can be compiled.
 */
export function checkFormDefinition(value: unknown, pointer = ''): Checked<'definition', FormDefinition> {
  const reader = new DefinitionReader('form');
  const fields = reader.fields(value, pointer, [
    'indicators',
    'narratives',
    'rules',
    'attachments',
    ...OPTIONS,
  ]);
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
  const ruleCodes = new Set<string>();
  const rules = readEach(reader, fields['rules'], `${pointer}/rules`, (item, at) =>
    readRule(reader, item, at, ruleCodes),
  );
  const attachments =
    fields['attachments'] === undefined
      ? {}
      : { attachments: readAttachmentSlots(reader, fields['attachments'], `${pointer}/attachments`) };
  if (indicators.length + narratives.length === 0)
    reader.fault(pointer, 'empty', 'Biểu mẫu phải có ít nhất một chỉ tiêu hoặc một phần lời văn.');
  const definition = {
    indicators: indicators.filter(isPresent),
    narratives: narratives.filter(isPresent),
    rules: rules.filter(isPresent),
    ...attachments,
    ...readOption(reader, fields, pointer, 'allowNil'),
    ...readOption(reader, fields, pointer, 'allowSameAsLast'),
  };
  if (reader.reasons.length === 0) {
    const figures = figureNames(definition);
    definition.rules.forEach((rule, index) => {
      checkRule(reader, rule, `${pointer}/rules/${String(index)}`, figures);
    });
  }
  return reader.reasons.length > 0 ? { ok: false, reasons: reader.reasons } : { ok: true, definition };
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

function isPresent<T>(entry: T | null): entry is T {
  return entry !== null;
}
