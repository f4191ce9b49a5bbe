import type { DefinitionReader, Fields } from '../reading/definition-reader';
import {
  TIME_BEHAVIOURS,
  type Indicator,
  type IndicatorBase,
  type IndicatorType,
  type Parts,
} from './indicator';
import { MAX_DECIMALS, MEASURE_FIELDS, readMeasure } from './read-measure';
import { MAX_LABEL, readNamed } from './read-named';

const PLACED = ['code', 'label', 'hint', 'section'];
const ASKED = [...PLACED, 'definition', 'required', 'time', 'cumulative'];
const QUANTITY = [...ASKED, 'parts'];
/** The fields of an indicator of each type. */
const FIELDS: Readonly<Record<IndicatorType, readonly string[]>> = {
  integer: [...QUANTITY, ...MEASURE_FIELDS.integer],
  decimal: [...QUANTITY, ...MEASURE_FIELDS.decimal],
  percent: [...QUANTITY, ...MEASURE_FIELDS.percent],
  money: [...QUANTITY, ...MEASURE_FIELDS.money],
  ratio: [...ASKED, ...MEASURE_FIELDS.ratio],
  choice: [...ASKED, ...MEASURE_FIELDS.choice],
  yesNo: [...ASKED, ...MEASURE_FIELDS.yesNo],
  date: [...ASKED, ...MEASURE_FIELDS.date],
  text: [...ASKED, ...MEASURE_FIELDS.text],
  subtotal: [...PLACED, 'of', 'unit', 'decimals'],
};
const MAX_HINT = 2000;
const MAX_ADDED = 100;

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
    case 'subtotal':
      return {
        type: sort,
        ...readPlaced(reader, fields, pointer, taken),
        of: reader
          .list(fields['of'], `${pointer}/of`, 1, MAX_ADDED)
          .map((item, index) => reader.text(item, `${pointer}/of/${String(index)}`, 130)),
        unit: reader.text(fields['unit'], `${pointer}/unit`, 50),
        decimals: reader.integer(fields['decimals'], `${pointer}/decimals`, 0, MAX_DECIMALS),
      };
    case 'integer':
    case 'decimal':
    case 'percent':
    case 'money': {
      const parts = readParts(reader, fields['parts'], `${pointer}/parts`);
      const measure = readMeasure(reader, sort, fields, pointer);
      if (parts !== null && 'aggregation' in measure && measure.aggregation.kind !== 'sum')
        reader.fault(`${pointer}/parts`, 'notAddedUp', 'Chỉ chia được chỉ tiêu tổng hợp bằng cách cộng.');
      return {
        ...readBase(reader, fields, pointer, taken),
        ...measure,
        ...(parts === null ? {} : { parts }),
      };
    }
    case 'ratio':
    case 'choice':
    case 'yesNo':
    case 'date':
    case 'text':
      return { ...readBase(reader, fields, pointer, taken), ...readMeasure(reader, sort, fields, pointer) };
  }
}

/** An optional text of a definition, under its own name when it is there. */
export function readOptionalText<K extends string>(
  reader: DefinitionReader,
  fields: Fields,
  pointer: string,
  name: K,
  maxLength = MAX_HINT,
): Readonly<Partial<Record<K, string>>> {
  const value = fields[name];
  const read = value === undefined ? {} : { [name]: reader.text(value, `${pointer}/${name}`, maxLength) };
  return read as Partial<Record<K, string>>;
}

/** An option of a definition that is on when it says true, and is left out otherwise. */
export function readOption<K extends string>(
  reader: DefinitionReader,
  fields: Fields,
  pointer: string,
  name: K,
): Readonly<Partial<Record<K, true>>> {
  const isOn = fields[name] !== undefined && reader.flag(fields[name], `${pointer}/${name}`);
  return (isOn ? { [name]: true } : {}) as Partial<Record<K, true>>;
}

function readPlaced(
  reader: DefinitionReader,
  fields: Fields,
  pointer: string,
  taken: Set<string>,
): Pick<IndicatorBase, 'code' | 'label' | 'hint' | 'section'> {
  return {
    code: reader.code(fields['code'], `${pointer}/code`, taken),
    label: reader.text(fields['label'], `${pointer}/label`, MAX_LABEL),
    ...readOptionalText(reader, fields, pointer, 'hint'),
    section: reader.text(fields['section'], `${pointer}/section`, MAX_LABEL),
  };
}

function readBase(
  reader: DefinitionReader,
  fields: Fields,
  pointer: string,
  taken: Set<string>,
): IndicatorBase {
  return {
    ...readPlaced(reader, fields, pointer, taken),
    ...readOptionalText(reader, fields, pointer, 'definition'),
    required: reader.flag(fields['required'], `${pointer}/required`),
    time: reader.choice(fields['time'], `${pointer}/time`, TIME_BEHAVIOURS),
    ...readOption(reader, fields, pointer, 'cumulative'),
  };
}

function readParts(reader: DefinitionReader, value: unknown, pointer: string): Parts | null {
  if (value === undefined) return null;
  const fields = reader.fields(value, pointer, ['by', 'items']);
  if (fields === null) return null;
  return {
    by: reader.text(fields['by'], `${pointer}/by`, MAX_LABEL),
    items: readNamed(reader, fields['items'], `${pointer}/items`, 2),
  };
}
