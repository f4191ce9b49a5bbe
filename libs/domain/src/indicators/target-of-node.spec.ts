import type { Indicator } from '../forms/indicator';
import type { UnitLevel } from '../units/unit';
import type { Target } from './target';
import { targetOfNode, type TargetUnit } from './target-of-node';

const sum: Indicator = {
  code: 'admitted',
  label: 'Kết nạp',
  section: 'I',
  required: true,
  time: 'flow',
  type: 'integer',
  unit: 'người',
  decimals: 0,
  aggregation: { kind: 'sum' },
};
const unit = (code: string, level: UnitLevel, children: readonly TargetUnit[] = []): TargetUnit => ({
  code,
  level,
  children,
});
const target = (whose: string, value: string, period = '2026', source = '14-CTr/TU'): Target => {
  const level = (['city', 'committee', 'cell'] as const).find((each) => each === whose) ?? null;
  return { indicator: 'admitted', unit: level === null ? whose : null, level, period, value, source };
};
const w1 = unit('W1', 'committee', [unit('C1', 'cell'), unit('C2', 'cell')]);
const w2 = unit('W2', 'committee', [unit('C3', 'cell')]);
const city = unit('HP', 'city', [w1, w2]);

describe('the target of a node', () => {
  it('is its own where it has one', () => {
    const own = targetOfNode([target('HP', '45'), target('committee', '10')], sum)(city, '2026-11');
    expect(own).toEqual({ kind: 'own', value: '45', period: '2026', sources: ['14-CTr/TU'] });
  });

  it('is the sum of the children’s where it has none, and says of how many', () => {
    const all = [target('W1', '10'), target('W2', '2.5', '2026', '02-KH/ĐU')];
    expect(targetOfNode(all, sum)(city, '2026-11')).toEqual({
      kind: 'sumOfChildren',
      value: '12.5',
      period: '2026',
      sources: ['02-KH/ĐU', '14-CTr/TU'],
      children: 2,
      without: 0,
    });
    expect(targetOfNode([target('W1', '10')], sum)(city, '2026-11')).toMatchObject({
      value: '10',
      without: 1,
    });
  });

  it('goes further down where the children have none either, and is not whole when one below is not', () => {
    expect(targetOfNode([target('cell', '3')], sum)(city, '2026-11')).toMatchObject({
      value: '9',
      without: 0,
    });
    const all = [target('C1', '3'), target('W2', '4')];
    expect(targetOfNode(all, sum)(city, '2026-11')).toMatchObject({ value: '7', children: 2, without: 1 });
  });

  it('adds targets of one length of time only, those of the period before those of its year', () => {
    const all = [target('W1', '10', '2026'), target('W2', '20', '2026'), target('W2', '1', '2026-11')];
    expect(targetOfNode(all, sum)(city, '2026-11')).toMatchObject({
      value: '1',
      period: '2026-11',
      without: 1,
    });
    expect(targetOfNode(all, sum)(city, '2026-10')).toMatchObject({
      value: '30',
      period: '2026',
      without: 0,
    });
    expect(targetOfNode(all, sum)(city, '2025-10')).toBeNull();
  });

  it.each<[string, Partial<Indicator>]>([
    ['a percentage', { type: 'percent' }],
    ['a mean', { aggregation: { kind: 'mean' } }],
    ['a maximum', { aggregation: { kind: 'max' } }],
    ['a share', { type: 'ratio', aggregation: { kind: 'ratioOfSums' } }],
  ] as [string, Partial<Indicator>][])('is not invented from those of %s', (_, measure) => {
    const indicator = { ...sum, ...measure } as Indicator;
    expect(targetOfNode([target('committee', '95')], indicator)(city, '2026-11')).toBeNull();
    expect(targetOfNode([target('committee', '95')], indicator)(w1, '2026-11')).toMatchObject({
      kind: 'own',
    });
  });
});
