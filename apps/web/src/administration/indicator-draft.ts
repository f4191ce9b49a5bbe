import {
  aggregationsOf,
  MEASURE_FIELDS,
  type AskedIndicator,
  type CatalogueIndicator,
  type UnitKind,
  type UnitLevel,
} from '@mach/domain';

/** An indicator while it is being written: everything as typed. */
export interface IndicatorDraft {
  readonly type: AskedIndicator['type'];
  /** One option on a line, `ma: Tên`. */
  readonly options: string;
  readonly bounded: boolean;
  readonly levels: readonly UnitLevel[];
  readonly kinds: readonly UnitKind[];
  readonly retired: boolean;
  readonly texts: Readonly<Record<TextField, string>>;
}

const TEXT_FIELDS = [
  'code',
  'label',
  'definition',
  'hint',
  'time',
  'unit',
  'scale',
  'decimals',
  'min',
  'max',
  'numeratorLabel',
  'denominatorLabel',
  'maxLength',
  'aggregation',
  'weight',
] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

export const NEW_DRAFT: IndicatorDraft = {
  type: 'integer',
  options: '',
  bounded: true,
  levels: [],
  kinds: [],
  retired: false,
  texts: {
    code: '',
    label: '',
    definition: '',
    hint: '',
    time: 'flow',
    unit: '',
    scale: 'million',
    decimals: '0',
    min: '',
    max: '',
    numeratorLabel: '',
    denominatorLabel: '',
    maxLength: '200',
    aggregation: 'sum',
    weight: '',
  },
};

/** As it is sent; what is typed wrong stays as it is, for the domain to say what is wrong with it. */
export function indicatorFrom(draft: IndicatorDraft): object {
  const { type, texts, levels, kinds, retired } = draft;
  const { code, label, definition, hint, time } = texts;
  const measure = MEASURE_FIELDS[type].flatMap((field) => {
    const value = measured(draft, field);
    return value === undefined ? [] : [[field, value] as const];
  });
  return {
    code: code.trim(),
    label: label.trim(),
    definition: definition.trim(),
    ...(hint.trim() === '' ? {} : { hint: hint.trim() }),
    time,
    reportedBy: { levels, kinds },
    ...(retired ? { retired: true } : {}),
    type,
    ...Object.fromEntries(measure),
  };
}

export function draftOf(indicator: CatalogueIndicator): IndicatorDraft {
  const fields: Readonly<Record<string, unknown>> = { ...indicator };
  const { aggregation } = indicator;
  const texts = TEXT_FIELDS.flatMap((field) => {
    const value = fields[field];
    return typeof value === 'number' || typeof value === 'string' ? [[field, String(value)] as const] : [];
  });
  return {
    type: indicator.type,
    options:
      'options' in indicator
        ? indicator.options.map(({ code, label }) => `${code}: ${label}`).join('\n')
        : '',
    bounded: 'bounded' in indicator ? indicator.bounded : NEW_DRAFT.bounded,
    levels: indicator.reportedBy.levels,
    kinds: indicator.reportedBy.kinds,
    retired: indicator.retired === true,
    texts: {
      ...NEW_DRAFT.texts,
      ...Object.fromEntries(texts),
      aggregation: aggregation.kind,
      weight: 'weight' in aggregation ? aggregation.weight : '',
    },
  };
}

/** With another type; what the two have in common stays. */
export function withType(draft: IndicatorDraft, type: IndicatorDraft['type']): IndicatorDraft {
  const kinds: readonly string[] = aggregationsOf(type);
  const aggregation = kinds.includes(draft.texts.aggregation) ? draft.texts.aggregation : (kinds[0] ?? '');
  return {
    ...draft,
    type,
    texts: {
      ...draft.texts,
      aggregation,
      ...(type === 'integer' ? { decimals: '0' } : {}),
      ...(type === 'percent' && draft.texts.unit === '' ? { unit: '%' } : {}),
    },
  };
}

function measured({ texts, options, bounded }: IndicatorDraft, field: string): unknown {
  switch (field) {
    case 'aggregation':
      return texts.aggregation === 'weightedMean'
        ? { kind: 'weightedMean', weight: texts.weight.trim() }
        : { kind: texts.aggregation };
    case 'options':
      return options
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => {
          const [code = '', ...label] = line.split(':');
          return { code: code.trim(), label: label.join(':').trim() };
        });
    case 'bounded':
      return bounded;
    case 'decimals':
    case 'maxLength':
      return wholeNumber(texts[field].trim());
    case 'min':
    case 'max':
      // Vietnamese decimals are typed with a comma, and kept with a point.
      return texts[field].trim() === '' ? undefined : texts[field].trim().replace(',', '.');
    default: {
      const text = TEXT_FIELDS.find((each) => each === field);
      return text === undefined ? undefined : texts[text].trim();
    }
  }
}

function wholeNumber(text: string): number | string | undefined {
  if (text === '') return undefined;
  return /^\d{1,9}$/.test(text) ? Number(text) : text;
}
