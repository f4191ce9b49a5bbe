import fc from 'fast-check';
import { checkFormDefinition } from '../forms/definition';
import { compileForm } from '../forms/compile-form';
import type { FormDefinition, RawFigure } from '../forms/form';
import type { AskedIndicator, NumberIndicator, TimeBehaviour } from '../forms/indicator';
import { prefillOf, type KnownReport } from './prefill';

function quantity(code: string, time: TimeBehaviour, more: Partial<NumberIndicator> = {}): AskedIndicator {
  return {
    code,
    label: code,
    section: 'A',
    required: true,
    time,
    type: 'integer',
    unit: 'người',
    decimals: 0,
    aggregation: { kind: 'sum' },
    ...more,
  };
}

function form(indicators: readonly AskedIndicator[], options: Partial<FormDefinition> = {}): FormDefinition {
  return { indicators, narratives: [], rules: [], ...options };
}

const members = quantity('members', 'stock');
const sessions = quantity('sessions', 'flow');
const admitted = quantity('admitted', 'stock', { cumulative: true });
const attendance: AskedIndicator = {
  code: 'attendance',
  label: 'Dự học',
  section: 'A',
  required: true,
  time: 'flow',
  type: 'ratio',
  unit: 'lượt',
  numeratorLabel: 'Đã dự',
  denominatorLabel: 'Phải dự',
  decimals: 0,
  bounded: true,
  aggregation: { kind: 'ratioOfSums' },
};
const ALL = form([members, sessions, admitted, attendance], { allowNil: true, allowSameAsLast: true });

const OCTOBER = { key: '2026-10', label: 'Tháng 10/2026', startsOn: '2026-09-15', endsOn: '2026-10-14' };
const NOVEMBER = { key: '2026-11', label: 'Tháng 11/2026', startsOn: '2026-10-15', endsOn: '2026-11-14' };
const DECEMBER = { key: '2025-12', label: 'Tháng 12/2025', startsOn: '2025-11-15', endsOn: '2025-12-14' };
const JANUARY = { key: '2026-01', label: 'Tháng 1/2026', startsOn: '2025-12-15', endsOn: '2026-01-14' };
const QUARTER = { key: '2026-12', label: 'Quý IV/2026', startsOn: '2026-10-01', endsOn: '2026-12-31' };

type Period = typeof OCTOBER;

function known(
  { key, label, startsOn, endsOn }: Period,
  figures: Readonly<Record<string, RawFigure>>,
  { code = 'YC', definition = ALL }: { readonly code?: string; readonly definition?: FormDefinition } = {},
): KnownReport {
  return {
    requirement: { code, title: `Yêu cầu ${code}` },
    period: { key, label },
    startsOn,
    endsOn,
    definition,
    payload: { figures, narratives: {} },
  };
}

const LAST = { members: 30, sessions: 4, admitted: '12', attendance: { numerator: 20, denominator: 30 } };

describe('prefillOf', () => {
  it('shows every figure of last period, and fills in stocks and what the year had come to', () => {
    const previous = known(OCTOBER, LAST);
    const prefill = prefillOf({ definition: ALL, period: NOVEMBER, previous, elsewhere: [] });
    expect(prefill.previous).toEqual({ period: previous.period, figures: LAST });
    expect(prefill.proposals.map(({ code, figure, kind, fillsIn }) => [code, figure, kind, fillsIn])).toEqual(
      [
        ['members', 30, 'stock', true],
        ['admitted', '12', 'yearToDate', true],
      ],
    );
    expect(prefill.proposals[0]?.source).toEqual({
      requirement: previous.requirement,
      period: previous.period,
    });
  });

  it('does not carry what the year had come to into the next year', () => {
    const previous = known(DECEMBER, LAST);
    const prefill = prefillOf({ definition: ALL, period: JANUARY, previous, elsewhere: [] });
    expect(prefill.proposals.map(({ code }) => code)).toEqual(['members']);
    expect(prefill.nil?.figures['admitted']).toBe('0');
  });

  it('knows nothing without a report', () => {
    const prefill = prefillOf({ definition: ALL, period: NOVEMBER, previous: null, elsewhere: [] });
    expect(prefill).toMatchObject({ previous: null, proposals: [], sameAsLast: null });
    expect(prefill.nil).toEqual({
      figures: { sessions: '0', attendance: { numerator: '0', denominator: '0' } },
      carried: [],
    });
  });

  it('takes the same figure of the same time from another form, and offers that of an overlapping one', () => {
    const same = known(NOVEMBER, { members: 31, sessions: 5 }, { code: 'YC-2' });
    const quarter = known(QUARTER, { sessions: 9, admitted: 14 }, { code: 'YC-QUY' });
    const prefill = prefillOf({
      definition: ALL,
      period: NOVEMBER,
      previous: known(OCTOBER, LAST),
      elsewhere: [quarter, same],
    });
    expect(
      prefill.proposals.map(({ code, figure, kind, fillsIn, source }) => [
        code,
        figure,
        kind,
        fillsIn,
        source.requirement.code,
      ]),
    ).toEqual([
      ['members', 31, 'elsewhere', true, 'YC-2'],
      ['members', 30, 'stock', false, 'YC'],
      ['sessions', 5, 'elsewhere', true, 'YC-2'],
      ['admitted', 14, 'elsewhere', false, 'YC-QUY'],
      ['admitted', '12', 'yearToDate', true, 'YC'],
    ]);
  });

  it.each<[string, AskedIndicator]>([
    ['unit', quantity('members', 'stock', { unit: 'chi bộ' })],
    ['decimals', quantity('members', 'stock', { decimals: 1 })],
    ['behaviour over time', quantity('members', 'flow')],
    ['type', { ...quantity('members', 'stock'), type: 'decimal' } as AskedIndicator],
    [
      'parts',
      quantity('members', 'stock', {
        parts: {
          by: 'Loại hình',
          items: [
            { code: 'a', label: 'A' },
            { code: 'b', label: 'B' },
          ],
        },
      }),
    ],
    ['scale', { ...quantity('members', 'stock'), type: 'money', scale: 'million' } as AskedIndicator],
  ])('takes nothing over where the forms differ in %s', (_, other) => {
    const definition = form([other]);
    const prefill = prefillOf({
      definition: ALL,
      period: NOVEMBER,
      previous: known(OCTOBER, { members: 30 }, { definition }),
      elsewhere: [known(NOVEMBER, { members: 30 }, { definition })],
    });
    expect(prefill.proposals).toEqual([]);
    expect(prefill.previous?.figures).toEqual({});
  });

  it('offers nil and same-as-last only where the form allows them', () => {
    const bare = form(ALL.indicators as readonly AskedIndicator[]);
    const prefill = prefillOf({
      definition: bare,
      period: NOVEMBER,
      previous: known(OCTOBER, LAST),
      elsewhere: [],
    });
    expect([prefill.nil, prefill.sameAsLast]).toEqual([null, null]);
  });

  it('says nothing for a mean of nothing that need not be given, and 0 for every part', () => {
    const definition = form(
      [
        quantity('share', 'flow', { required: false, aggregation: { kind: 'mean' } }),
        quantity('largest', 'flow', { aggregation: { kind: 'max' } }),
        quantity('split', 'flow', {
          parts: {
            by: 'Loại hình',
            items: [
              { code: 'a', label: 'A' },
              { code: 'b', label: 'B' },
            ],
          },
        }),
      ],
      { allowNil: true },
    );
    const prefill = prefillOf({ definition, period: NOVEMBER, previous: null, elsewhere: [] });
    expect(prefill.nil?.figures).toEqual({ largest: '0', split: { parts: { a: '0', b: '0' } } });
  });

  it('makes a nil report that the form accepts as such, whatever stood last period', () => {
    const figure = fc.nat({ max: 1_000 });
    fc.assert(
      fc.property(figure, figure, figure, figure, (members, sessions, admitted, denominator) => {
        const previous = known(OCTOBER, {
          members,
          sessions,
          admitted,
          attendance: { numerator: 0, denominator },
        });
        const { nil } = prefillOf({ definition: ALL, period: NOVEMBER, previous, elsewhere: [] });
        const checked = compileForm(ALL).check({ figures: nil?.figures ?? {}, narratives: {}, nil: true });
        expect(checked.ok && checked.figures).toEqual([BigInt(members), 0n, BigInt(admitted), 0n, 0n]);
      }),
    );
  });
});

describe('a nil report', () => {
  const compiled = compileForm(ALL);
  const figures = { members: 30, sessions: 0, admitted: 12, attendance: { numerator: 0, denominator: 0 } };

  it('is refused when something happened after all', () => {
    const checked = compiled.check({
      figures: { ...figures, sessions: 1, attendance: { numerator: 0, denominator: 3 } },
      narratives: {},
      nil: true,
    });
    expect(checked.ok ? [] : checked.reasons.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/figures/sessions', 'report.nilContradicted'],
      ['/figures/attendance/denominator', 'report.nilContradicted'],
    ]);
  });

  it('is refused where the form takes none', () => {
    const bare = compileForm(form(ALL.indicators as readonly AskedIndicator[]));
    const checked = bare.check({ figures, narratives: {}, nil: true });
    expect(checked.ok ? [] : checked.reasons.map(({ code }) => code)).toEqual(['report.nilNotAllowed']);
    expect(bare.check({ figures, narratives: {} }).ok).toBe(true);
  });
});

describe('the options of a form', () => {
  it('are kept when they are on, and refused when they are no yes or no', () => {
    const checked = checkFormDefinition({ ...ALL, indicators: [admitted] });
    expect(checked.ok && checked.definition).toEqual({ ...ALL, indicators: [admitted] });
    const off = checkFormDefinition({ ...ALL, allowNil: false });
    expect(off.ok && 'allowNil' in off.definition).toBe(false);
    const bad = checkFormDefinition({ ...ALL, allowNil: 'có', indicators: [{ ...admitted, cumulative: 1 }] });
    expect(bad.ok ? [] : bad.reasons.map(({ pointer }) => pointer)).toEqual([
      '/indicators/0/cumulative',
      '/allowNil',
    ]);
  });
});
