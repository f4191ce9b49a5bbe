import { compileForm } from '../forms/compile-form';
import { checkFormDefinition } from '../forms/definition';
import type { FormDefinition, ReportPayload } from '../forms/form';
import { knownTargets, ownTargets } from './known-targets';
import type { HeldTarget } from './target';

const whole = { section: 'I', required: false, time: 'flow', aggregation: { kind: 'sum' } } as const;
const INDICATORS: FormDefinition['indicators'] = [
  { code: 'sessions', type: 'integer', label: 'Số buổi', unit: 'buổi', decimals: 0, ...whole },
  {
    code: 'members',
    type: 'integer',
    label: 'Số đảng viên',
    unit: 'người',
    decimals: 0,
    ...whole,
    time: 'stock',
  },
  { code: 'budget', type: 'money', label: 'Kinh phí', scale: 'million', decimals: 1, ...whole },
  {
    code: 'attendance',
    type: 'ratio',
    label: 'Tỷ lệ dự học',
    numeratorLabel: 'dự học',
    denominatorLabel: 'triệu tập',
    unit: 'người',
    section: 'I',
    bounded: true,
    decimals: 0,
    required: false,
    time: 'flow',
    aggregation: { kind: 'ratioOfSums' },
  },
];
const SHARE = 'attendance.numerator / attendance.denominator * 100';

function form(...expressions: readonly string[]): FormDefinition {
  const rules = expressions.map((expression, at) => ({
    code: `r${String(at)}`,
    expression,
    severity: 'hint' as const,
    message: 'Đạt chỉ tiêu.',
  }));
  return { indicators: INDICATORS, narratives: [], rules };
}

function target(indicator: string, value: string, more: Partial<HeldTarget> = {}): HeldTarget {
  return {
    indicator,
    unit: null,
    level: 'cell',
    period: '2026-11',
    value,
    source: '14-CTr/TU',
    scale: null,
    ...more,
  };
}

const CELL = { code: '10525-001', level: 'cell' } as const;

/** The messages of the rules that a report breaks in November 2026. */
function said(definition: FormDefinition, figures: ReportPayload['figures'], targets: readonly HeldTarget[]) {
  const known = { target: knownTargets(definition, '2026-11', ownTargets(targets, CELL, '2026-11')) };
  const checked = compileForm(definition).check({ figures, narratives: {} }, known);
  if (!checked.ok) throw new Error(JSON.stringify(checked.reasons));
  return checked.findings.map(({ message }) => message);
}

describe('targets in rules', () => {
  const reached = form(
    'sessions >= target.sessions',
    'budget <= target.budget',
    `${SHARE} >= target.attendance`,
  );

  it.each([
    ['sessions', { sessions: 11 }, '12', '11 nhỏ hơn 12 (chỉ tiêu giao)'],
    ['budget', { budget: '1500.5' }, '1500.4', '1.500,5 lớn hơn 1.500,4 (chỉ tiêu giao)'],
    [
      'attendance',
      { attendance: { numerator: 79, denominator: 100 } },
      '79.5',
      '79 / 100 × 100 = 79, nhỏ hơn 79,5 (chỉ tiêu giao)',
    ],
  ])('are compared with %s in the unit they are set in', (code, figures, value, numbers) => {
    const scale = code === 'budget' ? 'million' : null;
    expect(said(reached, figures, [target(code, value, { scale })])).toEqual([
      expect.stringContaining(numbers),
    ]);
    expect(said(reached, figures, [])).toEqual([]);
  });

  it('hold exactly when they are reached', () => {
    const targets = [
      target('sessions', '12'),
      target('budget', '1.5005', { scale: 'billion' }),
      target('attendance', '79.0'),
    ];
    const figures = { sessions: 12, budget: '1500.5', attendance: { numerator: 79, denominator: 100 } };
    expect(said(reached, figures, targets)).toEqual([]);
  });

  it.each([
    [
      'the unit’s before its level’s',
      [target('sessions', '5'), target('sessions', '9', { unit: '10525-001', level: null })],
    ],
    ['the month’s before the year’s', [target('members', '5', { period: '2026' }), target('members', '9')]],
  ])('are %s', (_, targets) => {
    const asked = form('sessions >= target.sessions', 'members >= target.members');
    expect(said(asked, { sessions: 7, members: 7 }, targets)).toEqual([
      expect.stringContaining('7 nhỏ hơn 9 (chỉ tiêu giao)'),
    ]);
  });

  it.each([
    ['another indicator', target('budget', '9')],
    ['another unit', target('sessions', '9', { unit: '10525-002', level: null })],
    ['another level', target('sessions', '9', { level: 'city' })],
    ['another year', target('sessions', '9', { period: '2025' })],
    ['the year, of what happens in a month', target('sessions', '9', { period: '2026' })],
  ])('say nothing when there is one for %s only', (_, other) => {
    expect(said(form('sessions >= target.sessions'), { sessions: 7 }, [other])).toEqual([]);
  });

  it.each(['target.attendance.numerator > 0', 'target.attendance.rate > 0', 'target.total > 0'])(
    'are refused for what no target is set for: %s',
    (expression) => {
      const checked = checkFormDefinition(form(expression));
      expect(checked).toMatchObject({
        ok: false,
        reasons: [{ code: 'form.badExpression', pointer: '/rules/0/expression' }],
      });
    },
  );

  it('stand for a node too, and are asked of its sums', () => {
    const compiled = compileForm(reached);
    const node = (value: string) => ({
      target: knownTargets(
        reached,
        '2026-11',
        ownTargets(
          [
            target('sessions', value, { level: null, unit: '10525' }),
            target('attendance', '80', { level: 'grassroots' }),
          ],
          { code: '10525', level: 'grassroots' },
          '2026-11',
        ),
      ),
    });
    const sums = [40n, null, null, 79n, 100n];
    expect(compiled.contradictions(sums, 4, node('41')).map(({ rule }) => rule)).toEqual(['r0', 'r2']);
    expect(compiled.contradictions(sums, 4, node('40')).map(({ rule }) => rule)).toEqual(['r2']);
    expect(compiled.contradictions(sums, 4, {})).toEqual([]);
  });
});
