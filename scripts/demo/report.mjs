import { readDecimal, writeDecimal } from './decimals.mjs';

/** @typedef {import('./chance.mjs').Chance} Chance */

/**
 * @typedef {'dong' | 'thousand' | 'million' | 'billion'} Scale
 *
 * A form as the API says it, written down here anew: this play knows nothing of Mạch's own code.
 * @typedef {object} Named
 * @property {string} code
 * @property {string} label
 * @property {string} [unit] of money its `scale` says it
 * @property {Scale} [scale]
 * @property {number} decimals
 * @property {boolean} required
 *
 * @typedef {Named & {
 *   type: 'integer' | 'decimal' | 'money' | 'percent', min?: string, max?: string,
 *   aggregation: { kind: 'sum' | 'min' | 'max' } | { kind: 'weightedMean', weight: string }
 * }} Quantity
 *
 * @typedef {Named & { type: 'ratio', bounded: boolean, aggregation: { kind: 'ratioOfSums' } }} Ratio
 *
 * @typedef {{ code: string, expression: string }} Rule
 *
 * @typedef {{ indicators: (Quantity | Ratio)[], narratives: { code: string, required: boolean }[], rules: Rule[] }} Definition
 */

/**
 * Figures of one report, scaled; sides of a ratio as `code.numerator` and `code.denominator`.
 * @typedef {Map<string, bigint | null>} Values
 */

/** @typedef {string | number | null} Written */

/** @typedef {{ figures: Record<string, Written | { numerator: Written, denominator: Written }>, narratives: Record<string, string> }} Payload */

const RESULTS = /** @type {const} */ ([
  'Chi bộ đã tổ chức quán triệt tại sinh hoạt thường kỳ, gắn với nhiệm vụ của từng đảng viên.',
  'Duy trì tốt tuyên truyền trên truyền thanh cơ sở và nhóm Zalo của khu dân cư.',
  'Đối thoại với Nhân dân về giải phóng mặt bằng, cơ bản thống nhất được phương án.',
  'Hoàn thành lớp bồi dưỡng nhận thức về Đảng cho quần chúng ưu tú trong kỳ.',
]);
const DIFFICULTIES = /** @type {const} */ ([
  'Một số đảng viên đi làm ca nên khó bố trí thời gian học tập.',
  'Đề nghị cấp trên sớm cấp tài liệu tuyên truyền bản điện tử.',
]);

/**
 * Highest figures (before scaling) that look like a month of one chi bộ, by what is counted; a form's own
 * `min` and `max` come first.
 * @type {Record<string, number>}
 */
const HIGH_OF_UNIT = {
  buổi: 3,
  'tin, bài': 8,
  bài: 12,
  cuộc: 2,
  'kiến nghị': 6,
  ngày: 75,
  'đảng viên': 2,
  'triệu đồng': 6,
  '%': 100,
};
/** Things that most units have none of in a month, with how many have one: a city admits thousands a year, not tens of thousands. */
const RARE_UNITS = new Map([
  ['tổ chức', 0.0008],
  ['đảng viên', 0.28],
]);
/** How many units are to admit somebody in the year, and how many of those have by now. */
const ASKED_TO_ADMIT = 0.42;
const ADMITTED = 0.9;
const OTHERWISE = 20;

/** @type {Record<Scale, string>} */
const MONEY = { dong: 'đồng', thousand: 'nghìn đồng', million: 'triệu đồng', billion: 'tỷ đồng' };

/** What an indicator is counted in. @param {{ unit?: string, scale?: Scale }} indicator */
export function unitOf({ unit, scale }) {
  return unit ?? (scale === undefined ? '' : MONEY[scale]);
}

/** @param {Quantity} indicator @param {Chance} chance */
function quantity(indicator, chance) {
  const scale = 10n ** BigInt(indicator.decimals);
  const counted = unitOf(indicator);
  const low = indicator.min === undefined ? 0n : readDecimal(indicator.min, indicator.decimals);
  const rarely = RARE_UNITS.get(counted);
  if (rarely !== undefined && chance.next() > rarely) return low;
  const usual = low + BigInt(HIGH_OF_UNIT[counted] ?? (rarely === undefined ? OTHERWISE : 1)) * scale;
  const limit = indicator.max === undefined ? usual : readDecimal(indicator.max, indicator.decimals);
  return chance.whole(low, usual < limit ? usual : limit);
}

/**
 * Makes the figures agree with the form's rules `a + b == c` and `a <= b`: wholes become the sum of their parts,
 * parts shrink to their wholes. Other rules are left to chance.
 * @param {Values} values @param {Rule[]} rules @param {Chance} chance
 */
function agree(values, rules, chance) {
  for (const { expression } of rules) {
    const [, sum, whole] = /^([\w. +]+) == ([\w.]+)$/.exec(expression) ?? [];
    if (sum === undefined || whole === undefined) continue;
    const parts = sum.split(' + ').map((part) => values.get(part) ?? null);
    const given = parts.filter((part) => part !== null);
    if (given.length === parts.length)
      values.set(
        whole,
        given.reduce((total, part) => total + part, 0n),
      );
  }
  for (const { expression } of rules) {
    const [, part, whole] = /^([\w.]+) <= ([\w.]+)$/.exec(expression) ?? [];
    if (part === undefined || whole === undefined) continue;
    const [less, most] = [values.get(part) ?? null, values.get(whole) ?? null];
    if (less !== null && most !== null && less > most) values.set(part, chance.whole(0, most));
  }
}

/**
 * A plausible report on a form: `values` has a scaled whole number (or null) for each figure, sides of a
 * ratio as `code.numerator` and `code.denominator`.
 * @param {Definition} definition @param {Chance} chance
 */
export function makeReport({ indicators, narratives, rules }, chance) {
  /** @type {Values} */
  const values = new Map();
  const needed = new Set(
    indicators.flatMap(({ aggregation }) =>
      aggregation.kind === 'weightedMean' ? [aggregation.weight] : [],
    ),
  );
  for (const indicator of indicators) {
    const given = indicator.required || needed.has(indicator.code) || chance.next() < 0.8;
    if (indicator.type === 'ratio') {
      const scale = 10n ** BigInt(indicator.decimals);
      const rare = !indicator.bounded && RARE_UNITS.has(unitOf(indicator));
      const denominator = rare
        ? chance.next() < ASKED_TO_ADMIT
          ? scale
          : 0n
        : chance.whole(4, HIGH_OF_UNIT[unitOf(indicator)] === undefined ? 40 : 6) * scale;
      // Mostly well fulfilled; where the form allows it, some do more than the whole.
      const numerator = rare
        ? chance.next() < ADMITTED
          ? denominator
          : 0n
        : chance.whole(denominator / 2n, indicator.bounded ? denominator : denominator + denominator / 4n);
      values.set(`${indicator.code}.numerator`, given ? numerator : null);
      values.set(`${indicator.code}.denominator`, given ? denominator : null);
    } else values.set(indicator.code, given ? quantity(indicator, chance) : null);
  }
  agree(values, rules, chance);
  /** @type {Record<string, string>} */
  const texts = {};
  for (const { code, required } of narratives) {
    if (required || chance.next() < 0.3)
      texts[code] = required ? chance.pick(RESULTS) : chance.pick(DIFFICULTIES);
  }
  return { values, narratives: texts };
}

/**
 * The report as it travels: decimals as text, whole numbers sometimes as JSON numbers, as clients do.
 * @param {Definition} definition @param {ReturnType<typeof makeReport>} report @param {Chance} chance
 * @returns {Payload}
 */
export function payloadOf({ indicators }, { values, narratives }, chance) {
  /** @type {Payload['figures']} */
  const figures = {};
  /** @param {string} ref @param {number} decimals */
  const written = (ref, decimals) => {
    const value = values.get(ref) ?? null;
    if (value === null) return null;
    return decimals === 0 && chance.next() < 0.5 ? Number(value) : writeDecimal(value, decimals);
  };
  for (const { code, type, decimals } of indicators) {
    if (type === 'ratio') {
      const sides = {
        numerator: written(`${code}.numerator`, decimals),
        denominator: written(`${code}.denominator`, decimals),
      };
      if (sides.numerator !== null) figures[code] = sides;
    } else {
      const value = written(code, decimals);
      if (value !== null) figures[code] = value;
    }
  }
  return { figures, narratives };
}

/**
 * @template T
 * @param {T[]} items
 * @returns {items is [T, ...T[]]}
 */
function hasSome(items) {
  return items.length > 0;
}

/**
 * The same report with a contradiction that the form forbids: a part above its whole, a figure left out, or
 * one the form does not know.
 * @param {Definition} definition @param {Payload} payload @param {Chance} chance
 * @returns {Payload}
 */
export function contradict(definition, payload, chance) {
  const figures = structuredClone(payload.figures);
  const ratios = definition.indicators.flatMap((indicator) => {
    const sides = figures[indicator.code];
    return indicator.type === 'ratio' && indicator.bounded && typeof sides === 'object' && sides
      ? [sides]
      : [];
  });
  const required = definition.indicators.filter((indicator) => indicator.required);
  const way = Math.floor(chance.next() * 3);
  if (way === 0 && hasSome(ratios)) {
    const sides = chance.pick(ratios);
    sides.numerator = String(BigInt(String(sides.denominator).replace(/\..*/, '')) + 3n);
  } else if (way === 1 && hasSome(required)) delete figures[chance.pick(required).code];
  else figures.khong_co_trong_bieu = 1;
  return { figures, narratives: payload.narratives };
}
