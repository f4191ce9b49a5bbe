import { divide, readDecimal, writeDecimal } from './decimals.mjs';

/**
 * The totals of some reports, added up here and by hand: nothing of Mạch's own code is used. `reports` are
 * the `values` of the accepted report of each unit. @returns map of indicator code → what the API should show
 */
export function totalsOf({ indicators }, reports) {
  const totals = new Map();
  const all = (ref) =>
    reports.map((values) => values.get(ref)).filter((value) => value !== null && value !== undefined);
  const sum = (figures) => (figures.length === 0 ? null : figures.reduce((a, b) => a + b, 0n));
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
      const given = reports.filter(
        (values) => values.get(code) !== null && values.get(aggregation.weight) !== null,
      );
      const product = sum(given.map((values) => values.get(code) * values.get(aggregation.weight)));
      totals.set(code, {
        value: divide(product, sum(given.map((values) => values.get(aggregation.weight)))),
      });
    } else totals.set(code, { value: sum(all(code)) });
  }
  return totals;
}

const shown = (value, decimals) => (value === null ? '–' : writeDecimal(value, decimals));

/** One line for each indicator: what the API says, what was added up here, whether they are the same. */
export function compareFigures({ indicators }, totals, figures) {
  const byCode = new Map(figures.map((figure) => [figure.code, figure]));
  return indicators.map(({ code, label, unit, decimals }) => {
    const own = totals.get(code);
    const theirs = byCode.get(code) ?? {};
    if ('value' in own) {
      const value = readDecimal(theirs.value, decimals);
      return {
        label,
        unit,
        api: shown(value, decimals),
        own: shown(own.value, decimals),
        equal: value === own.value,
      };
    }
    const sides = {
      numerator: readDecimal(theirs.numerator, decimals),
      denominator: readDecimal(theirs.denominator, decimals),
    };
    const percent = readDecimal(theirs.percent, 1);
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
