import { oneRule, someFigures } from './rule-figures.sample';

/** Whether a rule is kept by figures as stored. */
function keeps(notes: readonly string[], expression: string): (...own: bigint[]) => boolean {
  const rules = oneRule(someFigures(...notes), expression);
  return (...own) => rules.broken({ own, reports: 1 }).length === 0;
}

describe('the tolerance of rounded figures', () => {
  it.each([0, 1, 2])('takes a share of %i decimals for every fraction that is rounded to it', (places) => {
    const agrees = keeps([`share %${String(places)}`, 'n', 'd'], 'share == n / d * 100');
    const scale = 10n ** BigInt(places);
    for (let d = 1n; d <= 24n; d += 1n)
      for (let n = 0n; n <= d; n += 1n) {
        // In units of the last place: the exact share is hundred / d, between two printed ones.
        const hundred = n * 100n * scale;
        const below = hundred / d;
        for (let printed = below - 3n; printed <= below + 4n; printed += 1n) {
          if (printed < 0n) continue;
          const apart = printed * d - hundred;
          const roundsToIt = (apart < 0n ? -apart : apart) * 2n <= d;
          expect([n, d, printed, agrees(printed, n, d)]).toEqual([n, d, printed, roundsToIt]);
        }
      }
  });

  it('takes printed parts for a printed whole when some values behind them add up', () => {
    const agrees = keeps(['a d1', 'b d1', 'whole d1'], 'a + b == whole');
    // All values in twentieths behind tenths from 0,0 to 0,5: which printed triples can be true?
    const possible = new Set<string>();
    const printed = (value: number): number[] =>
      value % 2 === 0 ? [value / 2] : [(value - 1) / 2, (value + 1) / 2];
    for (let a = -1; a <= 11; a += 1)
      for (let b = -1; b <= 11; b += 1)
        for (const p of printed(a))
          for (const q of printed(b)) for (const w of printed(a + b)) possible.add([p, q, w].join());
    for (let a = 0; a <= 5; a += 1)
      for (let b = 0; b <= 5; b += 1)
        for (let whole = 0; whole <= 10; whole += 1)
          expect([a, b, whole, agrees(BigInt(a), BigInt(b), BigInt(whole))]).toEqual([
            a,
            b,
            whole,
            possible.has([a, b, whole].join()),
          ]);
  });

  it('gives counts none, and each of many reports its own', () => {
    expect(keeps(['a', 'b', 'whole'], 'a + b == whole')(1n, 1n, 3n)).toBe(false);
    const figures = someFigures('a d1', 'b d1', 'whole d1');
    const rules = oneRule(figures, 'a + b == whole');
    // 40 reports: each of the three figures may be off by 40 halves of a tenth, 6,0 in all.
    expect(rules.brokenByNode({ own: [500n, 500n, 1_060n], reports: 40 })).toEqual([]);
    expect(rules.brokenByNode({ own: [500n, 500n, 1_061n], reports: 40 })).toHaveLength(1);
  });
});
