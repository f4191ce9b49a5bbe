import type { DefinitionReader, Fields } from '../reading/definition-reader';
import { parseFigure } from './figure';
import {
  DATE_AGGREGATIONS,
  MONEY_SCALES,
  type AskedIndicator,
  type Measure,
  type QuantityAggregation,
  type QuantityIndicator,
} from './indicator';
import { moneyPower } from './money-scale';
import { MAX_LABEL, readNamed } from './read-named';

const QUANTITY = ['decimals', 'min', 'max', 'aggregation'];
/** The fields that say how an indicator of each type is measured. */
export const MEASURE_FIELDS: Readonly<Record<AskedIndicator['type'], readonly string[]>> = {
  integer: ['unit', ...QUANTITY],
  decimal: ['unit', ...QUANTITY],
  percent: ['unit', ...QUANTITY],
  money: ['scale', ...QUANTITY],
  ratio: ['unit', 'decimals', 'numeratorLabel', 'denominatorLabel', 'bounded', 'aggregation'],
  choice: ['options', 'aggregation'],
  yesNo: ['aggregation'],
  date: ['aggregation'],
  text: ['maxLength', 'aggregation'],
};
/** The fields that an aggregation has beside its kind. */
const AGGREGATION_FIELDS: Readonly<Record<QuantityAggregation['kind'], readonly string[]>> = {
  sum: [],
  min: [],
  max: [],
  mean: [],
  weightedMean: ['weight'],
  count: [],
};
const QUANTITY_AGGREGATIONS = ['sum', 'min', 'max', 'mean', 'weightedMean', 'count'] as const;
export const MAX_DECIMALS = 6;

/** How an indicator of the type may be combined over the units of a subtree, the usual way first. */
export function aggregationsOf(
  type: AskedIndicator['type'],
): readonly AskedIndicator['aggregation']['kind'][] {
  switch (type) {
    case 'integer':
    case 'decimal':
    case 'percent':
    case 'money':
      return QUANTITY_AGGREGATIONS;
    case 'ratio':
      return ['ratioOfSums'];
    case 'choice':
      return ['distribution'];
    case 'yesNo':
      return ['countOfYes'];
    case 'date':
      return DATE_AGGREGATIONS;
    case 'text':
      return ['compiled'];
  }
}

/** A name or a symbol; what is longer is a narrative. */
const MAX_TEXT = 500;

type MeasureOf<T extends Measure['type']> = Extract<Measure, { readonly type: T }>;

/** Reads how an indicator of the type `type` is measured and combined. */
export function readMeasure<T extends Measure['type']>(
  reader: DefinitionReader,
  type: T,
  fields: Fields,
  pointer: string,
): MeasureOf<T>;
export function readMeasure(
  reader: DefinitionReader,
  type: Measure['type'],
  fields: Fields,
  pointer: string,
): Measure {
  const unit = (): string => reader.text(fields['unit'], `${pointer}/unit`, 50);
  const only = <K extends string>(...kinds: readonly [K, ...K[]]): { readonly kind: K } =>
    readKind(reader, fields['aggregation'], `${pointer}/aggregation`, kinds);
  switch (type) {
    case 'integer':
    case 'decimal':
    case 'percent':
      return {
        type,
        unit: unit(),
        ...readMeasured(reader, fields, pointer, type === 'integer' ? 0 : MAX_DECIMALS),
      };
    case 'money': {
      const scale = reader.choice(fields['scale'], `${pointer}/scale`, MONEY_SCALES);
      return {
        type,
        scale,
        ...readMeasured(reader, fields, pointer, Math.min(moneyPower(scale), MAX_DECIMALS)),
      };
    }
    case 'ratio':
      return {
        type,
        unit: unit(),
        decimals: reader.integer(fields['decimals'], `${pointer}/decimals`, 0, MAX_DECIMALS),
        numeratorLabel: reader.text(fields['numeratorLabel'], `${pointer}/numeratorLabel`, MAX_LABEL),
        denominatorLabel: reader.text(fields['denominatorLabel'], `${pointer}/denominatorLabel`, MAX_LABEL),
        bounded: reader.flag(fields['bounded'], `${pointer}/bounded`),
        aggregation: only('ratioOfSums'),
      };
    case 'choice':
      return {
        type,
        options: readNamed(reader, fields['options'], `${pointer}/options`, 2),
        aggregation: only('distribution'),
      };
    case 'yesNo':
      return { type, aggregation: only('countOfYes') };
    case 'date':
      return { type, aggregation: only(...DATE_AGGREGATIONS) };
    case 'text':
      return {
        type,
        maxLength: reader.integer(fields['maxLength'], `${pointer}/maxLength`, 1, MAX_TEXT),
        aggregation: only('compiled'),
      };
  }
}

function readMeasured(
  reader: DefinitionReader,
  fields: Fields,
  pointer: string,
  mostDecimals: number,
): Pick<QuantityIndicator, 'decimals' | 'min' | 'max' | 'aggregation'> {
  const read = reader.integer(fields['decimals'], `${pointer}/decimals`, 0, mostDecimals);
  const decimals = Math.min(Math.max(read, 0), mostDecimals);
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
    decimals,
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
    case 'mean':
    case 'count':
      return { kind };
    case 'weightedMean':
      return { kind, weight: reader.text(found?.fields['weight'], `${pointer}/weight`, 63) };
  }
}

/** An aggregation that is nothing but its kind. */
function readKind<K extends string>(
  reader: DefinitionReader,
  value: unknown,
  pointer: string,
  kinds: readonly [K, ...K[]],
): { readonly kind: K } {
  const fields = reader.fields(value, pointer, ['kind']);
  return { kind: fields === null ? kinds[0] : reader.choice(fields['kind'], `${pointer}/kind`, kinds) };
}
