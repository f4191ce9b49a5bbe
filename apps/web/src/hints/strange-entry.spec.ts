import { compileForm, type FormDefinition } from '@mach/domain';
import { strangeEntry } from './strange-entry';

const FORM: FormDefinition = {
  indicators: [
    {
      code: 'broadcasts',
      label: 'Tin, bài phát thanh',
      section: 'Tuyên truyền',
      required: true,
      time: 'flow',
      type: 'integer',
      unit: 'tin, bài',
      decimals: 0,
      aggregation: { kind: 'sum' },
    },
    {
      code: 'spending',
      label: 'Kinh phí',
      section: 'Kinh phí',
      required: true,
      time: 'flow',
      type: 'money',
      scale: 'million',
      decimals: 3,
      aggregation: { kind: 'sum' },
    },
  ],
  narratives: [],
  rules: [],
};
const { hinted } = compileForm(FORM);
const past = [3, 5, 4, 6, 3, 5].map((count) => ({
  broadcasts: { scale: 0, value: String(count) },
  spending: { scale: 0, value: String(count * 250_000) },
}));
const usual = { past, peers: {}, newYear: false };

describe('figures as they are typed', () => {
  it('are asked about when they are far from the unit’s own past, in the unit they are typed in', () => {
    expect(strangeEntry(hinted, { broadcasts: '40.000', spending: '1.250' }, usual)).toEqual([
      {
        pointer: '/figures/broadcasts',
        code: 'farFromPast',
        message:
          '«Tin, bài phát thanh» khác hẳn thường lệ của đơn vị: thường 3–6 tin, bài, kỳ này 40.000 tin, bài. Đề nghị xem lại.',
      },
      {
        pointer: '/figures/spending',
        code: 'farFromPast',
        message:
          '«Kinh phí» khác hẳn thường lệ của đơn vị: thường 0,875–1,375 triệu đồng, kỳ này 1.250 triệu đồng. Đề nghị xem lại.',
      },
    ]);
  });

  it('are let be while they are usual, not readable, or nothing is known', () => {
    expect(strangeEntry(hinted, { broadcasts: '5', spending: '1,25' }, usual)).toEqual([]);
    expect(strangeEntry(hinted, { broadcasts: '4o', spending: '' }, usual)).toEqual([]);
    expect(strangeEntry(hinted, { broadcasts: '40.000' }, { past: [], peers: {}, newYear: false })).toEqual(
      [],
    );
  });
});
