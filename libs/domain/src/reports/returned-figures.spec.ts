import fc from 'fast-check';
import { compileForm } from '../forms/compile-form';
import { aPayload, STUDY_FORM, studyForm } from '../forms/study-form.sample';
import type { ReportPayload } from '../forms/form';
import { carryOver, refuseOthers, type ReturnedFigures } from './returned-figures';

const BEFORE = aPayload(
  { received: 10, resolved: 7, pending: 3, rating: '80.5', members: 20, fewest: 5, most: 9 },
  { proposals: 'Thêm tài liệu' },
);

function figuresOf(payload: ReportPayload): readonly (bigint | null)[] {
  const checked = studyForm.check(payload);
  if (!checked.ok) throw new Error(checked.reasons.map(({ message }) => message).join());
  return checked.figures;
}

function returned(...open: string[]): ReturnedFigures {
  return { open, figures: figuresOf(BEFORE), payload: BEFORE };
}

/** What a correction would change that it may not, by pointer. */
function refusedIn(sent: ReportPayload, ...open: string[]): string[] {
  const whole = carryOver(STUDY_FORM, returned(...open), sent);
  return refuseOthers(studyForm, returned(...open), { figures: figuresOf(whole), payload: whole }).map(
    ({ pointer }) => pointer,
  );
}

describe('a correction of single figures', () => {
  it('is whole again with what was left out, and takes what is new', () => {
    const sent = { figures: { sessions: 9 }, narratives: { difficulties: 'Đã sửa' } };
    expect(carryOver(STUDY_FORM, returned('sessions'), sent)).toEqual({
      figures: { ...BEFORE.figures, sessions: 9 },
      narratives: { difficulties: 'Đã sửa', proposals: 'Thêm tài liệu' },
    });
  });

  it('keeps the explanations that the version before had, under what is said anew', () => {
    const before = { ...returned('sessions'), payload: { ...BEFORE, explanations: { a: 'cũ', b: 'giữ' } } };
    const sent = { figures: { sessions: 9 }, narratives: {}, explanations: { a: 'mới' } };
    expect(carryOver(STUDY_FORM, before, sent).explanations).toEqual({ a: 'mới', b: 'giữ' });
  });

  it('never carries over what was given back', () => {
    const sent = { figures: {}, narratives: {} };
    expect(carryOver(STUDY_FORM, returned('rating', 'fewest'), sent).figures).not.toHaveProperty('rating');
  });

  it('may say the others once more, in other writing', () => {
    const same = { ...BEFORE, figures: { ...BEFORE.figures, sessions: 9, rating: '80.50', members: '20' } };
    expect(refusedIn(same, 'sessions')).toEqual([]);
  });

  it('names every other figure that it would change, also one that it empties', () => {
    const sent = {
      ...BEFORE,
      figures: {
        ...BEFORE.figures,
        sessions: 9,
        attendance: { numerator: 6230, denominator: 7368 },
        members: 21,
        most: null,
      },
    };
    expect(refusedIn(sent, 'sessions')).toEqual(['/figures/attendance', '/figures/members', '/figures/most']);
    expect(
      refuseOthers(studyForm, returned('sessions', 'most'), { figures: figuresOf(sent), payload: sent })[0]
        ?.message,
    ).toBe(
      '«Tỷ lệ tham gia» đã được ghi nhận và không bị trả lại nên phải giữ nguyên; lần này chỉ sửa «Số buổi học tập», «Buổi đông người nhất».',
    );
  });

  it('is refused exactly when a figure that was not given back differs', () => {
    const codes = STUDY_FORM.indicators.map(({ code }) => code);
    const changed = fc.subarray(['sessions', 'budget', 'fewest', 'most', 'members']);
    fc.assert(
      fc.property(fc.subarray(codes, { minLength: 1 }), changed, (open, touched) => {
        const figures = { ...BEFORE.figures, ...Object.fromEntries(touched.map((code) => [code, 12])) };
        const expected = codes.filter((code) => touched.includes(code) && !open.includes(code));
        expect(refusedIn({ ...BEFORE, figures }, ...open)).toEqual(
          expected.map((code) => `/figures/${code}`),
        );
      }),
    );
  });
});

it('sees that a text was changed, of which the figures only say that it was given', () => {
  const form = compileForm({
    indicators: [
      {
        code: 'venue',
        label: 'Nơi tổ chức',
        section: 'I',
        required: false,
        time: 'stock',
        type: 'text',
        maxLength: 50,
        aggregation: { kind: 'compiled' },
      },
    ],
    narratives: [],
    rules: [],
  });
  const payload = { figures: { venue: { text: 'Hội trường' } }, narratives: {} };
  const changed = { figures: { venue: { text: 'Nhà văn hóa' } }, narratives: {} };
  const returnedOthers = { open: ['other'], figures: [1n], payload };
  expect(refuseOthers(form, returnedOthers, { figures: [1n], payload })).toEqual([]);
  expect(refuseOthers(form, returnedOthers, { figures: [1n], payload: changed })).toHaveLength(1);
});

describe('what still counts while figures are given back', () => {
  const at = (code: string): number => {
    let place = 0;
    for (const indicator of STUDY_FORM.indicators) {
      if (indicator.code === code) return place;
      place += indicator.aggregation.kind === 'weightedMean' || indicator.type === 'ratio' ? 2 : 1;
    }
    throw new Error(code);
  };
  const without = (...codes: string[]): readonly (bigint | null)[] =>
    studyForm.contributionWithout(figuresOf(BEFORE), new Set(codes));

  it('is everything when none is', () => {
    const checked = studyForm.check(BEFORE);
    expect(without()).toEqual(checked.ok ? checked.contribution : null);
  });

  it('is all but the figure, both sides of a ratio, and a mean whose weight is missing', () => {
    const whole = without();
    const expectGone = (codes: readonly string[], gone: readonly number[]): void => {
      expect(without(...codes)).toEqual(whole.map((value, place) => (gone.includes(place) ? null : value)));
    };
    expectGone(['sessions'], [at('sessions')]);
    expectGone(['attendance'], [at('attendance'), at('attendance') + 1]);
    expectGone(['rating'], [at('rating'), at('rating') + 1]);
    expectGone(['members'], [at('members'), at('rating'), at('rating') + 1]);
  });
});
