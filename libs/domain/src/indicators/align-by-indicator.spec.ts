import fc from 'fast-check';
import { compileForm } from '../forms/compile-form';
import type { FormDefinition } from '../forms/form';
import { MONEY_SCALES, type Indicator, type MoneyScale } from '../forms/indicator';
import { alignByIndicator } from './align-by-indicator';

const common = { section: 'I', required: false, time: 'flow' } as const;
const sessions: Indicator = {
  ...common,
  code: 'sessions',
  label: 'Số buổi',
  type: 'integer',
  unit: 'buổi',
  decimals: 0,
  aggregation: { kind: 'sum' },
};
const spent = (scale: MoneyScale, decimals: number): Indicator => ({
  ...common,
  code: 'spent',
  label: 'Đã chi',
  type: 'money',
  scale,
  decimals,
  aggregation: { kind: 'sum' },
});
const all = (of: string[]): Indicator => ({
  code: 'all',
  label: 'Cộng',
  section: 'I',
  type: 'subtotal',
  of,
  unit: 'buổi',
  decimals: 0,
});
const version = (...indicators: Indicator[]): FormDefinition => ({ indicators, narratives: [], rules: [] });

function reported(definition: FormDefinition, figures: Record<string, string>) {
  const form = compileForm(definition);
  const checked = form.check({ figures, narratives: {} });
  if (!checked.ok) throw new Error(JSON.stringify(checked.reasons));
  return { definition, figures: form.finish(checked.contribution) };
}

describe('figures of two form versions', () => {
  it('stand side by side by code, in the order of the later one, and what is gone follows', () => {
    const other: Indicator = { ...sessions, code: 'other', label: 'Khác' };
    const added: Indicator = { ...sessions, code: 'added', label: 'Thêm' };
    const before = reported(version(sessions, other), { sessions: '3', other: '4' });
    const now = reported(version(added, { ...sessions, label: 'Số buổi học' }), {
      sessions: '5',
      added: '6',
    });
    expect(
      alignByIndicator(before, now).map(({ code, indicator, earlier, later, comparable }) => [
        code,
        indicator.label,
        earlier && 'value' in earlier ? earlier.value : null,
        later && 'value' in later ? later.value : null,
        comparable,
      ]),
    ).toEqual([
      ['added', 'Thêm', null, '6', false],
      ['sessions', 'Số buổi học', '3', '5', true],
      ['other', 'Khác', '4', null, false],
    ]);
  });

  it.each<[string, Indicator, Indicator, boolean]>([
    ['of another unit', sessions, { ...sessions, unit: 'cuộc' }, false],
    ['of another behaviour in time', sessions, { ...sessions, time: 'stock' }, false],
    ['combined in another way', sessions, { ...sessions, aggregation: { kind: 'max' } }, false],
    [
      'of another type',
      sessions,
      { ...common, code: 'sessions', label: 'Số buổi', type: 'yesNo', aggregation: { kind: 'countOfYes' } },
      false,
    ],
    ['with more decimals', sessions, { ...sessions, type: 'decimal', decimals: 2 }, true],
    ['in other words', sessions, { ...sessions, label: 'Buổi', hint: 'Gợi ý', section: 'V' }, true],
    ['money in another scale', spent('billion', 3), spent('million', 2), true],
    ['a subtotal of the same', all(['a', 'b']), all(['b', 'a']), true],
    ['a subtotal of others', all(['a', 'b']), all(['a', 'c']), false],
  ])('that are %s are comparable or not', (_, before, now, comparable) => {
    const of = (indicator: Indicator) => ({ definition: version(indicator), figures: [] });
    expect(alignByIndicator(of(before), of(now))[0]?.comparable).toBe(comparable);
  });

  it('bring money to the later scale without losing a đồng', () => {
    const scales = fc.constantFrom(...MONEY_SCALES);
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), scales, scales, (dong, one, other) => {
        const power = { dong: 0, thousand: 3, million: 6, billion: 9 };
        const decimals = Math.min(power[one], 6);
        // As exactly as the earlier scale can say it.
        const unit = 10n ** BigInt(power[one] - decimals);
        const typed = Number(dong / unit) / 10 ** decimals;
        const before = reported(version(spent(one, decimals)), { spent: typed.toFixed(decimals) });
        const now = { definition: version(spent(other, 0)), figures: [] };
        const [aligned] = alignByIndicator(before, now);
        const earlier = aligned?.earlier?.type === 'quantity' ? (aligned.earlier.value ?? '') : '';
        const [whole = '', fraction = ''] = earlier.split('.');
        const back = BigInt(whole + fraction.padEnd(power[other], '0').slice(0, power[other]));
        expect(back).toBe((dong / unit) * unit);
      }),
    );
  });
});
