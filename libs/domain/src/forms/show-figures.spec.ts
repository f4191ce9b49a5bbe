import fc from 'fast-check';
import { combine, emptyAccumulators } from '../rollup/combine';
import { compileForm } from './compile-form';
import type { FormDefinition, ReportPayload } from './form';
import { aPayload, studyForm, STUDY_FORM } from './study-form.sample';

describe('figures to show', () => {
  it('finishes ratios and means from sums, never from other means', () => {
    const reports = [
      aPayload({ attendance: { numerator: 1, denominator: 1 }, rating: 100, members: 1, fewest: 3, most: 3 }),
      aPayload({
        attendance: { numerator: 1, denominator: 999 },
        rating: '0.5',
        members: 999,
        fewest: 2,
        most: 2,
        admitted: { numerator: 3, denominator: 0 },
      }),
    ];
    const sum = reports
      .map(contributionOf)
      .reduce((a, b) => combine(studyForm.ops, a, b), emptyAccumulators(studyForm.ops));
    expect(studyForm.finish(sum)).toEqual([
      { code: 'sessions', type: 'quantity', value: '8' },
      { code: 'attendance', type: 'ratio', numerator: '2', denominator: '1000', percent: '0.2' },
      { code: 'received', type: 'quantity', value: null },
      { code: 'resolved', type: 'quantity', value: null },
      { code: 'pending', type: 'quantity', value: null },
      { code: 'budget', type: 'quantity', value: null },
      { code: 'rating', type: 'quantity', value: '0.6' },
      { code: 'members', type: 'quantity', value: '1000' },
      { code: 'fewest', type: 'quantity', value: '2' },
      { code: 'most', type: 'quantity', value: '3' },
      { code: 'admitted', type: 'ratio', numerator: '3', denominator: '0', percent: null },
    ]);
  });

  it('shows a node that nothing was computed for as empty', () => {
    expect(studyForm.finish([])).toEqual(studyForm.finish(emptyAccumulators(studyForm.ops)));
    expect(studyForm.finish([])[1]).toEqual({
      code: 'attendance',
      type: 'ratio',
      numerator: null,
      denominator: null,
      percent: null,
    });
  });

  it.each([
    [6231n, 7368n, '84.6'],
    [1n, 3n, '33.3'],
    [2n, 3n, '66.7'],
    [1n, 2000n, '0.1'],
    [1n, 2001n, '0.0'],
    [0n, 5n, '0.0'],
    [5n, 0n, null],
  ])('rounds %p of %p to %s per cent', (numerator, denominator, percent) => {
    expect(studyForm.show([0n, numerator, denominator])[1]).toMatchObject({ percent });
  });

  it('rounds a negative mean away from zero too', () => {
    const indicator = STUDY_FORM.indicators[2];
    const definition: FormDefinition = {
      indicators: [
        { ...indicator, min: '-10', aggregation: { kind: 'weightedMean', weight: 'w' } },
        { ...indicator, code: 'w' },
      ],
      narratives: [],
      rules: [],
    };
    expect(compileForm(definition).finish([-5n, 2n])[0]).toEqual({
      code: 'received',
      type: 'quantity',
      value: '-3',
    });
  });

  it('shows what was sent, and a report alone is finished as it is shown', () => {
    fc.assert(
      fc.property(randomPayload(), (payload) => {
        const checked = studyForm.check(payload);
        if (!checked.ok) throw new Error(JSON.stringify(checked.reasons));
        const shown = studyForm.show(checked.figures);
        for (const { code, ...value } of shown) {
          const sent = payload.figures[code];
          if (value.type === 'quantity') expect(value.value === null ? null : Number(value.value)).toBe(sent);
        }
        const rated = (payload.figures['members'] ?? 0) !== 0;
        const finished = studyForm.finish(checked.contribution);
        expect(finished.filter(({ code }) => code !== 'rating' || rated)).toEqual(
          shown.filter(({ code }) => code !== 'rating' || rated),
        );
      }),
    );
  });
});

function contributionOf(payload: ReportPayload): readonly (bigint | null)[] {
  const checked = studyForm.check(payload);
  if (!checked.ok) throw new Error(JSON.stringify(checked.reasons));
  return checked.contribution;
}

function randomPayload(): fc.Arbitrary<ReportPayload> {
  const count = fc.integer({ min: 0, max: 4000 });
  return fc
    .record({
      sessions: count,
      resolved: count,
      pending: count,
      rating: fc.integer({ min: 0, max: 1000 }),
      members: count,
      fewest: fc.option(count),
    })
    .map(({ resolved, pending, rating, ...rest }) =>
      aPayload({
        ...rest,
        resolved,
        pending,
        received: resolved + pending,
        rating: rating / 10,
        budget: null,
        most: null,
      }),
    )
    .map((payload) => ({
      ...payload,
      figures: { ...payload.figures, attendance: { numerator: 1, denominator: 3 } },
    }));
}
