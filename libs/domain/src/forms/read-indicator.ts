import type { DefinitionReader, Fields } from '../reading/definition-reader';
import { parseFigure } from './figure';
import type { Indicator, QuantityAggregation, QuantityIndicator, RatioIndicator } from './form';

const BASE = [
  'type',
  'code',
  'label',
  'hint',
  'section',
  'required',
  'time',
  'unit',
  'decimals',
  'aggregation',
];
const QUANTITY = [...BASE, 'min', 'max'];
const RATIO = [...BASE, 'numeratorLabel', 'denominatorLabel', 'bounded'];
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
  const isRatio = typeof value === 'object' && value !== null && 'type' in value && value.type === 'ratio';
  const fields = reader.fields(value, pointer, isRatio ? RATIO : QUANTITY);
  if (fields === null) return null;
  return isRatio ? readRatio(reader, fields, pointer, taken) : readQuantity(reader, fields, pointer, taken);
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
    time: reader.choice(fields['time'], `${pointer}/time`, ['flow', 'stock']),
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
): QuantityIndicator {
  const type = reader.choice(fields['type'], `${pointer}/type`, ['integer', 'decimal', 'money', 'percent']);
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
    type,
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
  const weighted =
    typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'weightedMean';
  const fields = reader.fields(value, pointer, weighted ? ['kind', 'weight'] : ['kind']);
  if (fields === null) return { kind: 'sum' };
  const kind = reader.choice(fields['kind'], `${pointer}/kind`, ['sum', 'min', 'max', 'weightedMean']);
  return kind === 'weightedMean'
    ? { kind, weight: reader.text(fields['weight'], `${pointer}/weight`, 63) }
    : { kind };
}
