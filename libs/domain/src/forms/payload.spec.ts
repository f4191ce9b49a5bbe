import fc from 'fast-check';
import { checkPayloadShape } from './payload';

function codesOf(body: unknown): string[] {
  const checked = checkPayloadShape(body);
  return checked.ok ? [] : checked.reasons.map(({ pointer, code }) => `${pointer} ${code}`);
}

describe('checkPayloadShape', () => {
  it('hands back figures and narratives and nothing else', () => {
    const body = {
      figures: { a: 1, b: '2.5', c: null, d: { numerator: 1, denominator: '2' } },
      narratives: { n: 'Tốt' },
      unit: 'HP',
      extra: [1],
    };
    expect(checkPayloadShape(body)).toEqual({
      ok: true,
      payload: { figures: body.figures, narratives: body.narratives },
    });
  });

  it('takes absent narratives and an absent side of a ratio as not given', () => {
    expect(checkPayloadShape({ figures: { d: { numerator: 1 } } })).toEqual({
      ok: true,
      payload: { figures: { d: { numerator: 1, denominator: null } }, narratives: {} },
    });
  });

  it.each<[unknown, string]>([
    [null, ' body.wrongType'],
    ['text', ' body.wrongType'],
    [[], ' body.wrongType'],
    [{}, '/figures figures.missing'],
    [{ figures: null }, '/figures figures.wrongType'],
    [{ figures: [1] }, '/figures figures.wrongType'],
    [{ figures: 'x' }, '/figures figures.wrongType'],
    [{ figures: {}, narratives: 'x' }, '/narratives narratives.wrongType'],
    [{ figures: { a: true } }, '/figures/a figure.wrongType'],
    [{ figures: { a: [1] } }, '/figures/a figure.wrongType'],
    [{ figures: { a: 'nhiều' } }, '/figures/a figure.notANumber'],
    [{ figures: { a: '' } }, '/figures/a figure.notANumber'],
    [{ figures: { a: 'NaN' } }, '/figures/a figure.notFinite'],
    [{ figures: { a: Number('1e309') } }, '/figures/a figure.notFinite'],
    [{ figures: { a: 1e200 } }, '/figures/a figure.tooLarge'],
    [{ figures: { a: 0.1 + 0.2 } }, '/figures/a figure.imprecise'],
    [{ figures: { a: { numerator: 'x', denominator: 1 } } }, '/figures/a/numerator figure.notANumber'],
    [
      { figures: { a: { numerator: { numerator: 1 }, denominator: 1 } } },
      '/figures/a/numerator figure.wrongType',
    ],
    [{ figures: { a: { numerator: 1, denominator: 2, percent: 50 } } }, '/figures/a figure.wrongType'],
    [{ figures: { 'A/b': 1 } }, '/figures/A~1b figure.badCode'],
    [{ figures: { constructor: 1 } }, '/figures/constructor figure.badCode'],
    [{ figures: {}, narratives: { n: 5 } }, '/narratives/n narrative.wrongType'],
    [{ figures: {}, narratives: { n: null } }, '/narratives/n narrative.wrongType'],
    [{ figures: {}, narratives: { n: 'x'.repeat(20_001) } }, '/narratives/n narrative.tooLong'],
    [{ figures: {}, narratives: { n: 'a\u0000b' } }, '/narratives/n narrative.unreadableText'],
    [{ figures: {}, narratives: { n: 'a\ud800' } }, '/narratives/n narrative.unreadableText'],
    [
      { figures: Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`a${String(i)}`, 1])) },
      '/figures figures.tooMany',
    ],
  ])('refuses %j', (body, fault) => {
    expect(codesOf(body)).toEqual([fault]);
  });

  it('takes 500 figures, and a narrative of 20,000 characters', () => {
    const figures = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`a${String(index)}`, 1]));
    expect(codesOf({ figures, narratives: { n: 'x'.repeat(20_000) } })).toEqual([]);
  });

  it('refuses a prototype sent as a figure, and leaves prototypes alone', () => {
    const body: unknown = JSON.parse('{"figures":{"__proto__":{"numerator":1,"denominator":2}}}');
    expect(codesOf(body)).toEqual(['/figures/__proto__ figure.badCode']);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  it('keeps text of every language, and pairs of surrogates', () => {
    const narratives = { n: 'Đảng ủy phường Thủy Nguyên 🇻🇳 𝄞' };
    expect(checkPayloadShape({ figures: {}, narratives })).toEqual({
      ok: true,
      payload: { figures: {}, narratives },
    });
  });

  it('tells every fault at once, each in Vietnamese', () => {
    const checked = checkPayloadShape({ figures: { a: true, b: 'x' }, narratives: { n: 1 } });
    expect(checked.ok ? [] : checked.reasons.map(({ message }) => message)).toEqual([
      'Giá trị phải là một số, hoặc để trống (null) khi không có số liệu.',
      'Giá trị «x» không phải là một số. Chỉ ghi một số, ví dụ 1250.',
      'Phần lời văn phải là chữ; để chuỗi rỗng khi không có nội dung.',
    ]);
  });

  it('never throws, and what it takes once it takes again unchanged', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.record({ figures: fc.jsonValue(), narratives: fc.jsonValue() })),
        (body) => {
          const checked = checkPayloadShape(body);
          if (checked.ok) expect(checkPayloadShape(checked.payload)).toEqual(checked);
          else expect(checked.reasons.length).toBeGreaterThan(0);
        },
      ),
    );
  });
});
