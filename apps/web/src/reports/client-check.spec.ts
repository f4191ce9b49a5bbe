import type { FormDefinition, QuantityIndicator, RatioIndicator } from '@mach/contracts';
import { checkEntry } from './client-check';

const quantity = (code: string, more: Partial<QuantityIndicator> = {}): QuantityIndicator => ({
  code,
  label: code,
  section: 'A',
  required: false,
  time: 'flow',
  type: 'integer',
  unit: 'việc',
  decimals: 0,
  aggregation: { kind: 'sum' },
  ...more,
});
const ratio = (code: string, more: Partial<RatioIndicator> = {}): RatioIndicator => ({
  code,
  label: code,
  section: 'A',
  required: false,
  time: 'flow',
  type: 'ratio',
  unit: 'người',
  numeratorLabel: 'Dự',
  denominatorLabel: 'Phải dự',
  decimals: 0,
  bounded: true,
  aggregation: { kind: 'ratioOfSums' },
  ...more,
});
const form = (more: Partial<FormDefinition>): FormDefinition => ({
  indicators: [],
  narratives: [],
  checks: [],
  ...more,
});
const codes = (
  definition: FormDefinition,
  figures: Record<string, string>,
  narratives: Record<string, string> = {},
): string[] =>
  checkEntry(definition, { figures, narratives }).map(({ pointer, code }) => `${pointer} ${code}`);

describe('checkEntry', () => {
  it('asks for what is required, and for both sides of a ratio once one is given', () => {
    expect(codes(form({ indicators: [quantity('a', { required: true })] }), {})).toEqual([
      '/figures/a figure.missing',
    ]);
    expect(codes(form({ indicators: [quantity('a')] }), {})).toEqual([]);
    expect(codes(form({ indicators: [ratio('r')] }), { 'r.numerator': '1' })).toEqual([
      '/figures/r/denominator figure.missing',
    ]);
  });

  it('tells unreadable figures apart from missing ones', () => {
    expect(codes(form({ indicators: [quantity('a', { required: true })] }), { a: 'x' })).toEqual([
      '/figures/a figure.wrongType',
    ]);
    expect(codes(form({ indicators: [quantity('a', { decimals: 1 })] }), { a: '1,25' })).toEqual([
      '/figures/a figure.wrongType',
    ]);
  });

  it('keeps to the bounds; without a minimum nothing is negative', () => {
    expect(codes(form({ indicators: [quantity('a')] }), { a: '-1' })).toEqual([
      '/figures/a figure.outOfRange',
    ]);
    expect(codes(form({ indicators: [quantity('a', { min: '-5' })] }), { a: '-5' })).toEqual([]);
    expect(codes(form({ indicators: [quantity('a', { max: '100', decimals: 1 })] }), { a: '100,1' })).toEqual(
      ['/figures/a figure.outOfRange'],
    );
  });

  it('does not let a bounded ratio exceed its whole, and lets an unbounded one', () => {
    const figures = { 'r.numerator': '12', 'r.denominator': '10' };
    expect(codes(form({ indicators: [ratio('r')] }), figures)).toEqual([
      '/figures/r/numerator figure.partExceedsWhole',
    ]);
    expect(codes(form({ indicators: [ratio('r', { bounded: false })] }), figures)).toEqual([]);
  });

  const received = form({
    indicators: [quantity('received'), quantity('resolved', { decimals: 1 }), quantity('pending')],
    checks: [
      {
        code: 'c1',
        kind: 'partAtMostWhole',
        part: 'resolved',
        whole: 'received',
        message: 'Đã giải quyết nhiều hơn tiếp nhận.',
      },
      {
        code: 'c2',
        kind: 'partsEqualWhole',
        parts: ['resolved', 'pending'],
        whole: 'received',
        message: 'Không khớp.',
      },
    ],
  });

  it('finds contradictions across different scales and says the sums', () => {
    expect(codes(received, { received: '10', resolved: '10,5', pending: '0' })).toEqual([
      '/figures/resolved figure.partExceedsWhole',
      '/figures/received figure.partsDoNotAddUp',
    ]);
    const [reason] = checkEntry(received, {
      figures: { received: '1000', resolved: '6,5', pending: '2' },
      narratives: {},
    });
    expect(reason?.message).toBe('Không khớp. Cộng các phần được 8,5, tổng ghi 1.000.');
    expect(codes(received, { received: '10', resolved: '7,0', pending: '3' })).toEqual([]);
  });

  it('does not apply a check with a missing operand', () => {
    expect(codes(received, { received: '10', resolved: '7' })).toEqual([]);
  });

  it('counts the characters of a narrative after trimming', () => {
    const definition = form({ narratives: [{ code: 'n', label: 'n', required: true, maxLength: 3 }] });
    expect(codes(definition, {}, { n: '  ' })).toEqual(['/narratives/n narrative.missing']);
    expect(codes(definition, {}, { n: ' abc ' })).toEqual([]);
    expect(codes(definition, {}, { n: 'abcd' })).toEqual(['/narratives/n narrative.tooLong']);
  });
});
