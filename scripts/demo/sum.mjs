import { divide, readDecimal, writeDecimal } from './decimals.mjs';
import { unitOf } from './report.mjs';

/** @typedef {import('./report.mjs').Definition} Definition */
/** @typedef {import('./report.mjs').Values} Values */
/** @typedef {bigint | null} Figure */

/** @typedef {{ value: Figure } | { numerator: Figure, denominator: Figure, percent: Figure }} Total */

/**
 * A figure as the roll-up's API shows it.
 * @typedef {{ code: string, value?: string | null, numerator?: string | null, denominator?: string | null, percent?: string | null }} Shown
 */

/** @typedef {{ label: string, unit: string, api: string, own: string, equal: boolean }} Line */

/**
 * The totals of some reports, added up here and by hand: nothing of Mạch's own code is used. `reports` are
 * the `values` of the accepted report of each unit.
 * @param {Definition} definition @param {Values[]} reports
 * @returns {Map<string, Total>} by the code of the indicator: what the API should show
 */
export function totalsOf({ indicators }, reports) {
  /** @type {Map<string, Total>} */
  const totals = new Map();
  /** @param {Values} values @param {string} ref */
  const of = (values, ref) => values.get(ref) ?? null;
  /** @param {string} ref */
  const all = (ref) => reports.map((values) => of(values, ref)).filter((value) => value !== null);
  /** @param {bigint[]} figures @returns {Figure} */
  const sum = (figures) => (figures.length === 0 ? null : figures.reduce((a, b) => a + b, 0n));
  /** @param {bigint[]} figures @param {(a: bigint, b: bigint) => boolean} better @returns {Figure} */
  const extreme = (figures, better) =>
    figures.length === 0 ? null : figures.reduce((a, b) => (better(b, a) ? b : a));
  for (const { code, type, aggregation } of indicators) {
    if (type === 'ratio') {
      const [numerator, denominator] = [sum(all(`${code}.numerator`)), sum(all(`${code}.denominator`))];
      totals.set(code, {
        numerator,
        denominator,
        percent: divide(numerator === null ? null : numerator * 1000n, denominator),
      });
    } else if (aggregation.kind === 'min') totals.set(code, { value: extreme(all(code), (a, b) => a < b) });
    else if (aggregation.kind === 'max') totals.set(code, { value: extreme(all(code), (a, b) => a > b) });
    else if (aggregation.kind === 'weightedMean') {
      const given = reports.flatMap((values) => {
        const [value, weight] = [of(values, code), of(values, aggregation.weight)];
        return value === null || weight === null ? [] : [{ value, weight }];
      });
      const product = sum(given.map(({ value, weight }) => value * weight));
      totals.set(code, { value: divide(product, sum(given.map(({ weight }) => weight))) });
    } else totals.set(code, { value: sum(all(code)) });
  }
  return totals;
}

/** @param {Figure} value @param {number} decimals */
const shown = (value, decimals) => (value === null ? '–' : writeDecimal(value, decimals));

/** @param {string | null | undefined} text @param {number} decimals */
const read = (text, decimals) => (text === null || text === undefined ? null : readDecimal(text, decimals));

/**
 * One line for each indicator: what the API says, what was added up here, whether they are the same.
 * @param {Definition} definition @param {Map<string, Total>} totals @param {Shown[]} figures
 * @returns {Line[]}
 */
export function compareFigures({ indicators }, totals, figures) {
  const byCode = new Map(figures.map((figure) => [figure.code, figure]));
  return indicators.map((indicator) => {
    const { code, label, decimals } = indicator;
    const unit = unitOf(indicator);
    const own = totals.get(code);
    const theirs = byCode.get(code);
    if (own === undefined) throw new Error(`Nothing was added up for ${code}.`);
    if ('value' in own) {
      const value = read(theirs?.value, decimals);
      return {
        label,
        unit,
        api: shown(value, decimals),
        own: shown(own.value, decimals),
        equal: value === own.value,
      };
    }
    const sides = {
      numerator: read(theirs?.numerator, decimals),
      denominator: read(theirs?.denominator, decimals),
    };
    const percent = read(theirs?.percent, 1);
    /** @param {{ numerator: Figure, denominator: Figure }} side @param {Figure} share */
    const line = (side, share) =>
      side.numerator === null
        ? '–'
        : `${shown(side.numerator, decimals)}/${shown(side.denominator, decimals)} = ${shown(share, 1)} %`;
    return {
      label,
      unit,
      api: line(sides, percent),
      own: line(own, own.percent),
      equal:
        sides.numerator === own.numerator && sides.denominator === own.denominator && percent === own.percent,
    };
  });
}
