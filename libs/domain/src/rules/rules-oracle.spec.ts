import fc from 'fast-check';
import type { TruthExpression } from './expression';
import { readExpression } from './read-expression';
import { prepare } from './evaluation';
import { named, oneRule, someFigures } from './rule-figures.sample';
import { holdsForSums } from './holds-for-sums';

/*
 * The language a second time, on fractions of its own: what a person with much paper would work out. Nothing of the
 * product is used to judge.
 */
type Fraction = readonly [bigint, bigint];
type Facts = readonly (bigint | null)[];
type Sum = { readonly text: string; readonly work: (facts: Facts) => Fraction | null };
type Claim = { readonly text: string; readonly judge: (facts: Facts) => boolean | null };

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));
const reduced = (over: bigint, under: bigint): Fraction => {
  const by = gcd(over, under) * (under < 0n ? -1n : 1n);
  return [over / by, under / by];
};
const NAMES = ['a', 'b', 'c', 'd'] as const;

const operations: Readonly<Record<string, (a: Fraction, b: Fraction) => Fraction | null>> = {
  '+': ([a, b], [c, d]) => reduced(a * d + c * b, b * d),
  '-': ([a, b], [c, d]) => reduced(a * d - c * b, b * d),
  '*': ([a, b], [c, d]) => reduced(a * c, b * d),
  '/': ([a, b], [c, d]) => (c === 0n ? null : reduced(a * d, b * c)),
};
const orders: Readonly<Record<string, (sign: bigint) => boolean>> = {
  '==': (sign) => sign === 0n,
  '!=': (sign) => sign !== 0n,
  '<': (sign) => sign < 0n,
  '<=': (sign) => sign <= 0n,
  '>': (sign) => sign > 0n,
  '>=': (sign) => sign >= 0n,
};

const literal = fc
  .tuple(fc.integer({ min: 0, max: 500 }), fc.constantFrom(0, 1, 2))
  .map(([digits, places]): Sum => {
    const text = String(digits).padStart(places + 1, '0');
    const written = places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
    return { text: written, work: () => reduced(BigInt(digits), 10n ** BigInt(places)) };
  });
const name = fc.nat(NAMES.length - 1).map((at): Sum => ({
  text: NAMES[at] ?? '',
  work: (facts) => {
    const value = facts[at] ?? null;
    return value === null ? null : [value, 1n];
  },
}));

function worked(left: Sum, operator: string, right: Sum): Sum {
  return {
    text: `(${left.text} ${operator} ${right.text})`,
    work: (facts) => {
      const [a, b] = [left.work(facts), right.work(facts)];
      return a === null || b === null ? null : (operations[operator]?.(a, b) ?? null);
    },
  };
}

function compared(left: Sum, operator: string, right: Sum): Claim {
  return {
    text: `(${left.text} ${operator} ${right.text})`,
    judge: (facts) => {
      const [a, b] = [left.work(facts), right.work(facts)];
      if (a === null || b === null) return null;
      return orders[operator]?.(a[0] * b[1] - b[0] * a[1]) ?? null;
    },
  };
}

const { claim } = fc.letrec<{ sum: Sum; claim: Claim }>((tie) => ({
  sum: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    { weight: 4, arbitrary: name },
    { weight: 2, arbitrary: literal },
    {
      weight: 4,
      arbitrary: fc
        .tuple(tie('sum'), fc.constantFrom(...Object.keys(operations)), tie('sum'))
        .map((parts) => worked(...parts)),
    },
    tie('sum').map(({ text, work }): Sum => ({
      text: `-${text}`,
      work: (facts) => {
        const value = work(facts);
        return value === null ? null : [-value[0], value[1]];
      },
    })),
    fc.tuple(tie('claim'), tie('sum'), tie('sum')).map(([test, yes, no]): Sum => ({
      text: `(${test.text} ? ${yes.text} : ${no.text})`,
      work: (facts) => {
        const said = test.judge(facts);
        return said === null ? null : said ? yes.work(facts) : no.work(facts);
      },
    })),
  ),
  claim: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    {
      weight: 6,
      arbitrary: fc
        .tuple(tie('sum'), fc.constantFrom(...Object.keys(orders)), tie('sum'))
        .map((parts) => compared(...parts)),
    },
    tie('claim').map(({ text, judge }): Claim => ({
      text: `!${text}`,
      judge: (facts) => {
        const said = judge(facts);
        return said === null ? null : !said;
      },
    })),
    fc
      .tuple(tie('claim'), fc.constantFrom('&&', '||'), tie('claim'))
      .map(([left, operator, right]): Claim => ({
        text: `(${left.text} ${operator} ${right.text})`,
        judge: (facts) => {
          const sides = [left.judge(facts), right.judge(facts)];
          const deciding = operator === '||';
          if (sides.includes(deciding)) return deciding;
          return sides.includes(null) ? null : !deciding;
        },
      })),
    fc.tuple(tie('claim'), tie('claim'), tie('claim')).map(([test, yes, no]): Claim => ({
      text: `(${test.text} ? ${yes.text} : ${no.text})`,
      judge: (facts) => {
        const said = test.judge(facts);
        return said === null ? null : said ? yes.judge(facts) : no.judge(facts);
      },
    })),
  ),
}));

const counts = fc.option(
  fc.oneof(fc.bigInt({ min: 0n, max: 12n }), fc.bigInt({ min: 0n, max: 10n ** 15n })),
  {
    freq: 6,
  },
);
const report = fc.tuple(counts, counts, counts, counts);
const exact = someFigures(...NAMES);
const SAID = { 1: true, 2: false, 4: null } as const;

describe('the language of rules', () => {
  it('says what a second evaluator on fractions says, whatever the expression and the figures', () => {
    const seen = { true: 0, false: 0, null: 0 };
    fc.assert(
      fc.property(claim, report, ({ text, judge }, facts) => {
        const checked = readExpression(text, named(exact));
        if (!checked.ok) {
          expect(checked.fault.message).toMatch(/ quá /);
          return;
        }
        // As it comes to a browser, which reads no rules.
        const travelled = JSON.parse(JSON.stringify(checked.expression)) as TruthExpression;
        const said = prepare(travelled, named(exact)).judge({ own: facts, reports: 1 });
        const wanted = judge(facts);
        seen[String(wanted) as keyof typeof seen] += 1;
        expect(SAID[said as keyof typeof SAID]).toBe(wanted);
      }),
      { numRuns: 3_000 },
    );
    for (const times of Object.values(seen)) expect(times).toBeGreaterThan(150);
  });

  it('never accuses figures that some values behind their rounding would satisfy', () => {
    const rounded = someFigures('a %1', 'b %2', 'c', 'd %1');
    // Twentieths of a tenth and of a hundredth: the ends, the middle and the printed value itself.
    const steps = [-10n, -5n, 0n, 5n, 10n];
    const units = [20n, 2n, 200n, 20n];
    const moved = [true, true, false, true];
    fc.assert(
      fc.property(claim, fc.tuple(counts, counts, counts, counts), ({ text }, facts) => {
        const checked = readExpression(text, named(rounded));
        if (!checked.ok) return;
        if (oneRule(rounded, text).broken({ own: facts, reports: 1 }).length === 0) return;
        // The same rule on exact figures of 200 to the one: whole numbers of the finest step.
        const finest = readExpression(inSteps(text), named(exact));
        if (!finest.ok) return;
        const evaluation = prepare(finest.expression, named(exact));
        const behind = facts.map((value, at) =>
          value === null
            ? [null]
            : (moved[at] === true ? steps : [0n]).map(
                (s) => value * (units[at] ?? 1n) + (s * (units[at] ?? 1n)) / 20n,
              ),
        );
        const [as = [], bs = [], cs = [], ds = []] = behind;
        for (const a of as)
          for (const b of bs)
            for (const c of cs)
              for (const d of ds) expect(evaluation.judge({ own: [a, b, c, d], reports: 1 }) & 1).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  it('lets no rule accuse the sum of reports that all keep it', () => {
    let met = 0;
    const small = fc.tuple(...NAMES.map(() => fc.bigInt({ min: 0n, max: 6n })));
    const short: fc.Arbitrary<Sum> = fc.oneof(
      name,
      literal,
      fc
        .tuple(fc.oneof(name, literal), fc.constantFrom(...Object.keys(operations)), fc.oneof(name, literal))
        .map((parts) => worked(...parts)),
    );
    const bound = fc
      .tuple(short, fc.constantFrom(...Object.keys(orders)), short)
      .map((parts) => compared(...parts));
    fc.assert(
      fc.property(
        fc.oneof(bound, claim),
        fc.array(small, { minLength: 40, maxLength: 40 }),
        ({ text, judge }, reports) => {
          const checked = readExpression(text, named(exact));
          if (!checked.ok || !holdsForSums(checked.expression, named(exact))) return;
          const sound = reports.filter((facts) => judge(facts) === true);
          if (sound.length < 2) return;
          met += 1;
          const sums = NAMES.map((_, at) => sound.reduce((sum, facts) => sum + (facts[at] ?? 0n), 0n));
          expect([text, judge(sums)]).not.toEqual([text, false]);
        },
      ),
      { numRuns: 4_000 },
    );
    expect(met).toBeGreaterThan(100);
  });
});

/** Names divided by 200, so that whole numbers of the finest step stand for the figures. */
function inSteps(text: string): string {
  return text.replace(/[a-d]/g, (name) => `(${name} / 200)`);
}
