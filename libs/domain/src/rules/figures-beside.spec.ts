import { compileForm } from '../forms/compile-form';
import { prepareForm } from '../forms/compiled-form';
import type { FormDefinition } from '../forms/form';
import { hearFacts, tellFacts, type ToldFacts } from './figures-beside';
import type { ReadRule, RuleFacts } from './rule';

const DEFINITION: FormDefinition = {
  indicators: ['members', 'sessions'].map((code) => ({
    code,
    type: 'integer',
    label: code,
    unit: 'người',
    section: 'I',
    decimals: 0,
    required: false,
    time: 'stock',
    aggregation: { kind: 'sum' },
  })),
  narratives: [],
  rules: [
    ['grows', 'members >= previous.members'],
    ['reaches', 'sessions >= target.sessions'],
    ['covers', 'sessions <= children.sessions && members >= previous.members'],
    ['few', 'sessions <= 3'],
  ].map(([code = '', expression = '']) => ({
    code,
    expression,
    ...(code === 'few' ? { when: 'unit.kind == "residential" && previous.sessions < 3' } : {}),
    severity: 'hint',
    message: 'Phải khớp.',
  })),
};

const known: Omit<RuleFacts, 'own' | 'reports'> = {
  unit: { level: 'cell', kind: 'residential' },
  previous: (ref) =>
    ({ members: { value: 20n, decimals: 0, reports: 1 }, sessions: { value: 1n, decimals: 0, reports: 1 } })[
      ref
    ] ?? null,
  target: (ref) => (ref === 'sessions' ? { value: 65n, decimals: 1, reports: 0 } : null),
  children: () => null,
};

describe('what is known beside a report, on its way to a browser', () => {
  const server = compileForm(DEFINITION);

  it('names each figure that the rules ask, once, and tells those that are known', () => {
    expect(server.besideRules).toEqual([
      { source: 'previous', ref: 'members' },
      { source: 'target', ref: 'sessions' },
      { source: 'children', ref: 'sessions' },
      { source: 'previous', ref: 'sessions' },
    ]);
    expect(tellFacts(server.besideRules, known)).toEqual({
      unit: known.unit,
      figures: [
        { source: 'previous', ref: 'members', value: '20', decimals: 0, reports: 1 },
        { source: 'target', ref: 'sessions', value: '65', decimals: 1, reports: 0 },
        { source: 'previous', ref: 'sessions', value: '1', decimals: 0, reports: 1 },
      ],
    });
  });

  it('lets a form without its parser judge as the server does', () => {
    const rules = JSON.parse(JSON.stringify(server.rules)) as readonly ReadRule[];
    const told = JSON.parse(JSON.stringify(tellFacts(server.besideRules, known))) as ToldFacts;
    const browser = prepareForm(DEFINITION, rules);
    for (const [members, sessions] of [
      [19, 7],
      [20, 6],
      [25, 3],
    ] as const) {
      const payload = { figures: { members, sessions }, narratives: {} };
      const there = server.brokenRules(payload, known);
      expect(browser.brokenRules(payload, hearFacts(told))).toEqual(there);
      expect(there.map(({ rule }) => rule)).toEqual(
        { 19: ['grows', 'covers', 'few'], 20: ['reaches', 'few'], 25: ['reaches'] }[members],
      );
    }
  });

  it('knows nothing when nothing is told', () => {
    const heard = hearFacts({ figures: [] });
    expect(server.brokenRules({ figures: { members: 1, sessions: 9 }, narratives: {} }, heard)).toEqual([]);
  });
});
