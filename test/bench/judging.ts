import { checkPayloadShape, compileForm, type FormRule, type QuantityIndicator } from '@mach/domain';

/** What it costs to judge one report at the door, beside merely parsing its JSON, in µs of CPU. */
export interface JudgingResult {
  readonly parseMicros: number;
  readonly judgeMicros: number;
}

const FIGURES = 40;
const RULES = 20;
const BATCHES = 31;
const REPORTS_IN_A_BATCH = 2_000;

/** A sound report of 40 figures, about 3 kB with its narrative, under a form with 20 rules of every sort. */
export function judgingCost(): JudgingResult {
  const form = compileForm({ indicators: indicators(), narratives: [NARRATIVE], rules: rules() });
  const body = JSON.stringify(report());
  const parsed = JSON.parse(body) as unknown;
  const judge = (): void => {
    const shape = checkPayloadShape(parsed);
    const known = { unit: { level: 'cell', kind: 'residential' } } as const;
    if (!shape.ok || !form.check(shape.payload, known).ok)
      throw new Error('the report of the bench is sound');
  };
  return {
    parseMicros: microsOf(() => {
      JSON.parse(body);
    }),
    judgeMicros: microsOf(judge),
  };
}

const NARRATIVE = { code: 'results', label: 'Kết quả', required: true, maxLength: 4_000 } as const;
const SENTENCE = 'Chi bộ đã quán triệt nội dung Chương trình hành động tới toàn thể đảng viên trong tháng. ';

/** Every fifth is a share with one decimal, the others are counts. */
function indicators(): readonly QuantityIndicator[] {
  return Array.from({ length: FIGURES }, (_, index): QuantityIndicator => {
    const share = index % 5 === 4;
    return {
      code: `figure_${String(index)}`,
      label: `Số liệu ${String(index)}`,
      section: 'I. Số liệu',
      required: true,
      time: 'flow',
      type: share ? 'percent' : 'integer',
      unit: share ? '%' : 'việc',
      decimals: share ? 1 : 0,
      max: share ? '100' : '100000',
      aggregation: share ? { kind: 'weightedMean', weight: `figure_${String(index - 4)}` } : { kind: 'sum' },
    };
  });
}

/** In each group of five: whole = part + part, a part of the whole, a share of it. */
function report(): object {
  const groups = Array.from({ length: FIGURES / 5 }, (_, group) => {
    const [first, second] = [120 + group, 60];
    const share = ((first * 1_000) / (first + second)).toFixed(0);
    const values = [first + second, first, second, first, `${share.slice(0, -1)}.${share.slice(-1)}`];
    return values.map((value, index) => [`figure_${String(group * 5 + index)}`, String(value)] as const);
  });
  const narratives = { results: SENTENCE.repeat(18) };
  return { figures: Object.fromEntries(groups.flat()), narratives };
}

function rules(): readonly FormRule[] {
  return Array.from({ length: RULES }, (_, index): FormRule => {
    const base = (index % (FIGURES / 5)) * 5;
    const [whole = '', first = '', second = '', part = '', share = ''] = [0, 1, 2, 3, 4].map(
      (offset) => `figure_${String(base + offset)}`,
    );
    const texts = [
      `${first} + ${second} == ${whole}`,
      `${part} <= ${whole}`,
      `${share} == ${first} / ${whole} * 100`,
      `unit.kind == "residential" ? ${whole} <= 1000 : ${whole} > 0 && ${first} >= ${second}`,
    ];
    const expression = texts[index % texts.length] ?? '';
    return { code: `rule_${String(index)}`, expression, severity: 'block', message: 'Số liệu phải khớp.' };
  });
}

/** CPU of this process for one call: the median of many batches, after as many that only warm up. */
function microsOf(work: () => void): number {
  const batch = (): number => {
    const before = process.cpuUsage();
    for (let index = 0; index < REPORTS_IN_A_BATCH; index += 1) work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / REPORTS_IN_A_BATCH;
  };
  for (let index = 0; index < 5; index += 1) batch();
  const costs = Array.from({ length: BATCHES }, batch).sort((a, b) => a - b);
  return costs[Math.floor(BATCHES / 2)] ?? Number.NaN;
}
