import type { DefinitionReader, Fields } from '../reading/definition-reader';
import { parseFigure } from './figure';
import {
  TIME_BEHAVIOURS,
  type Indicator,
  type QuantityAggregation,
  type QuantityIndicator,
  type RatioIndicator,
} from './form';

const BASE = ['code', 'label', 'hint', 'section', 'required', 'time', 'unit', 'decimals', 'aggregation'];
const QUANTITY = [...BASE, 'min', 'max'];
/** The fields of an indicator of each type. */
const FIELDS: Readonly<Record<Indicator['type'], readonly string[]>> = {
  integer: QUANTITY,
  decimal: QUANTITY,
  money: QUANTITY,
  percent: QUANTITY,
  ratio: [...BASE, 'numeratorLabel', 'denominatorLabel', 'bounded'],
};
/** The fields that an aggregation has beside its kind. */
const AGGREGATION_FIELDS: Readonly<Record<QuantityAggregation['kind'], readonly string[]>> = {
  sum: [],
  min: [],
  max: [],
  weightedMean: ['weight'],
};
const MAX_DECIMALS = 6;
const MAX_LABEL = 500;
const MAX_HINT = 2000;

/**
 * Reads one indicator (chỉ tiêu) of a definition; null when it is no object. What it says of other indicators
 * is looked at afterwards.
 */
export function readIndicator(
  reader: DefinitionReader,
  value: unknown,
  pointer: string,
  taken: Set<string>,
): Indicator | null {
  const found = reader.variant(value, pointer, 'type', FIELDS);
  if (found === null) return null;
  const { sort, fields } = found;
  switch (sort) {
    case 'ratio':
      return readRatio(reader, fields, pointer, taken);
    case 'integer':
    case 'decimal':
    case 'money':
    case 'percent':
      return { type: sort, ...readQuantity(reader, fields, pointer, taken) };
  }
}

/** `hint` when it is there: an optional text. */
export function readHint(
  reader: DefinitionReader,
  fields: Fields,
  pointer: string,
): { readonly hint?: string } {
  return fields['hint'] === undefined
    ? {}
    : { hint: reader.text(fields['hint'], `${pointer}/hint`, MAX_HINT) };
}

function readBase(
  reader: DefinitionReader,
  fields: Fields,
  pointer: string,
  taken: Set<string>,
): Omit<RatioIndicator, keyof RatioParts> {
  return {
    code: reader.code(fields['code'], `${pointer}/code`, taken),
    label: reader.text(fields['label'], `${pointer}/label`, MAX_LABEL),
    ...readHint(reader, fields, pointer),
    section: reader.text(fields['section'], `${pointer}/section`, MAX_LABEL),
    required: reader.flag(fields['required'], `${pointer}/required`),
    time: reader.choice(fields['time'], `${pointer}/time`, TIME_BEHAVIOURS),
    unit: reader.text(fields['unit'], `${pointer}/unit`, 50),
    decimals: reader.integer(fields['decimals'], `${pointer}/decimals`, 0, MAX_DECIMALS),
  };
}

type RatioParts = Pick<
  RatioIndicator,
  'type' | 'numeratorLabel' | 'denominatorLabel' | 'bounded' | 'aggregation'
>;

function readRatio(
  reader: DefinitionReader,
  fields: Fields,
  pointer: string,
  taken: Set<string>,
): RatioIndicator {
  const base = readBase(reader, fields, pointer, taken);
  const at = `${pointer}/aggregation`;
  const aggregation = reader.fields(fields['aggregation'], at, ['kind']);
  return {
    type: 'ratio',
    ...base,
    numeratorLabel: reader.text(fields['numeratorLabel'], `${pointer}/numeratorLabel`, MAX_LABEL),
    denominatorLabel: reader.text(fields['denominatorLabel'], `${pointer}/denominatorLabel`, MAX_LABEL),
    bounded: reader.flag(fields['bounded'], `${pointer}/bounded`),
    aggregation: {
      kind:
        aggregation === null
          ? 'ratioOfSums'
          : reader.choice(aggregation['kind'], `${at}/kind`, ['ratioOfSums']),
    },
  };
}

function readQuantity(
  reader: DefinitionReader,
  fields: Fields,
  pointer: string,
  taken: Set<string>,
): Omit<QuantityIndicator, 'type'> {
  const base = readBase(reader, fields, pointer, taken);
  const decimals = Math.min(Math.max(base.decimals, 0), MAX_DECIMALS);
  const min = readBound(reader, fields['min'], `${pointer}/min`, decimals);
  const max = readBound(reader, fields['max'], `${pointer}/max`, decimals);
  if ((min?.value ?? 0n) > (max?.value ?? min?.value ?? 0n)) {
    reader.fault(
      `${pointer}/max`,
      'outOfRange',
      'Mức cao nhất (max) phải không nhỏ hơn mức thấp nhất (min; không ghi thì là 0).',
    );
  }
  return {
    ...base,
    ...(min === null ? {} : { min: min.text }),
    ...(max === null ? {} : { max: max.text }),
    aggregation: readAggregation(reader, fields['aggregation'], `${pointer}/aggregation`),
  };
}

function readBound(
  reader: DefinitionReader,
  value: unknown,
  pointer: string,
  decimals: number,
): { readonly text: string; readonly value: bigint } | null {
  if (value === undefined) return null;
  const text = reader.text(value, pointer, 40);
  const parsed = parseFigure(text, decimals);
  if (parsed.ok) return { text, value: parsed.value };
  if (text !== '') {
    reader.fault(
      pointer,
      'wrongType',
      `Phải là một số viết dưới dạng chuỗi, ví dụ "0" hoặc "100.5", không quá ${String(decimals)} chữ số thập phân.`,
    );
  }
  return null;
}

function readAggregation(reader: DefinitionReader, value: unknown, pointer: string): QuantityAggregation {
  const found = reader.variant(value, pointer, 'kind', AGGREGATION_FIELDS);
  const kind = found?.sort ?? 'sum';
  switch (kind) {
    case 'sum':
    case 'min':
    case 'max':
      return { kind };
    case 'weightedMean':
      return { kind, weight: reader.text(found?.fields['weight'], `${pointer}/weight`, 63) };
  }
}
