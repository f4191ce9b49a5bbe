import { findingsOf, someFigures } from './rule-figures.sample';

/*
 * Figures as consolidated reports print them. Each group: the figures asked for, what must hold between them, and
 * rows of figures; a contradictory row also says what must be named as likely wrong.
 */
interface Group {
  readonly figures: readonly string[];
  readonly rule: string;
  readonly sound: readonly string[];
  readonly contradictory: readonly (readonly [figures: string, fix: string])[];
}

const GROUPS: readonly Group[] = [
  {
    figures: ['resolved', 'pending', 'received'],
    rule: 'resolved + pending == received',
    sound: ['120 45 165', '0 0 0', '0 17 17', '1.204 96 1.300', '- 4 10', '4 6 -'],
    contradictory: [
      ['120 45 160', '«received» phải là 165'],
      ['120 54 165', '«pending» đảo hai chữ số: «pending» là 45'],
      ['102 45 165', '«resolved» đảo hai chữ số: «resolved» là 120'],
      ['120 45 156', '«received» đảo hai chữ số: «received» là 165'],
      ['120 45 120', 'chưa cộng «pending» vào tổng'],
      ['120 45 210', '«pending» bị cộng hai lần vào tổng'],
      ['120 45 165.000', '«received» sai đơn vị tính, lớn hơn 1.000 lần: «received» là 165'],
      ['1.200 45 165', '«resolved» thừa một chữ số 0: «resolved» là 120'],
      ['12 45 165', '«resolved» thiếu một chữ số 0: «resolved» là 120'],
      ['1.204 96 13.000', '«received» thừa một chữ số 0: «received» là 1.300'],
      ['7 8 10', '«received» phải là 15'],
    ],
  },
  {
    figures: [
      'xa',
      'phuong',
      'dac_khu',
      'co_quan',
      'chinh_quyen',
      'cong_an',
      'quan_su',
      'dn',
      'truong',
      'khac',
      'tong',
    ],
    rule: 'xa + phuong + dac_khu + co_quan + chinh_quyen + cong_an + quan_su + dn + truong + khac == tong',
    sound: [
      '2.310 1.845 62 410 388 275 191 940 655 124 7.200',
      '67 45 2 1 1 1 1 0 0 0 118',
      '0 0 0 0 0 0 0 0 0 0 0',
      '1 2 3 4 5 6 7 8 9 10 55',
      '2.310 1.845 62 410 388 275 191 940 655 - 7.200',
    ],
    contradictory: [
      ['2.310 1.845 62 410 388 275 191 940 655 124 7.020', '«tong» đảo hai chữ số: «tong» là 7.200'],
      ['2.310 1.845 62 410 388 275 191 940 655 124 7.076', 'chưa cộng «khac» vào tổng'],
      ['2.310 1.845 62 410 388 275 191 940 655 124 7.324', '«khac» bị cộng hai lần vào tổng'],
      [
        '2.310 1.845 62 410 388 275 191 940.000 655 124 7.200',
        '«dn» sai đơn vị tính, lớn hơn 1.000 lần: «dn» là 940',
      ],
      ['2.310 1.845 62 410 388 275 191 9.400 655 124 7.200', '«dn» thừa một chữ số 0: «dn» là 940'],
      ['2.310 1.854 62 410 388 275 191 940 655 124 7.200', '«phuong» đảo hai chữ số: «phuong» là 1.845'],
      ['67 45 2 1 1 1 1 0 0 0 114', '«tong» phải là 118'],
    ],
  },
  {
    figures: ['part', 'whole'],
    rule: 'part <= whole',
    sound: ['0 0', '5 5', '4 5', '- 5', '5 -', '999 1.000'],
    contradictory: [
      ['6 5', 'Hiện ghi 6 lớn hơn 5.'],
      ['1.001 1.000', 'Hiện ghi 1.001 lớn hơn 1.000.'],
      ['84.000 96', '«part» sai đơn vị tính, lớn hơn 1.000 lần: «part» là 84'],
      ['8.400.000 96.000', '«part» sai đơn vị tính, lớn hơn 1.000 lần: «part» là 8.400'],
    ],
  },
  {
    figures: ['share %1', 'att/'],
    rule: 'share == att.numerator / att.denominator * 100',
    sound: [
      '66,7 2 3',
      '84,6 6.231 7.368',
      '100 7 7',
      '0 0 12',
      '12,5 1 8',
      '33,3 1 3',
      '0,1 1 1.334',
      '- 2 3',
      '66,7 2 0',
      '50 118 236',
    ],
    contradictory: [
      ['66,4 2 3', '«share» sai một chữ số: «share» là 66,7'],
      ['66,7 3 2', 'đã ghi ngược tử số và mẫu số'],
      ['84,6 7.368 6.231', 'đã ghi ngược tử số và mẫu số'],
      ['0,7 2 3', '«share» ghi theo phần của 1 thay vì phần trăm: «share» là 66,7'],
      ['667 2 3', '«share» thừa một chữ số 0: «share» là 66,7'],
      ['48,6 6.231 7.368', '«share» đảo hai chữ số: «share» là 84,6'],
      ['84,6 6.231 73.680', '«att.denominator» thừa một chữ số 0: «att.denominator» là 7.368'],
      [
        '84,6 6.231.000 7.368',
        '«att.numerator» sai đơn vị tính, lớn hơn 1.000 lần: «att.numerator» là 6.231',
      ],
      ['99 118 118', '«share» phải là 100'],
    ],
  },
  {
    figures: ['share %2', 'good', 'rated'],
    rule: 'share == good / rated * 100',
    sound: ['66,67 2 3', '92,37 109 118', '0,85 1 118', '100 118 118', '33,33 39 117', '14,29 1 7'],
    contradictory: [
      ['66,7 2 3', '«share» phải là 66,67'],
      ['92,73 109 118', '«share» đảo hai chữ số: «share» là 92,37'],
      ['0,92 109 118', '«share» ghi theo phần của 1 thay vì phần trăm: «share» là 92,37'],
    ],
  },
  {
    figures: ['nha_nuoc m2', 'xa_hoi m2', 'tong m2'],
    rule: 'nha_nuoc + xa_hoi == tong',
    // Each is rounded for itself: the printed sum may be off by one in the last place.
    sound: ['12,30 4,45 16,75', '12,30 4,45 16,76', '0,33 0,33 0,67', '1.250 750 2.000', '0 0 0'],
    contradictory: [
      ['12,30 4,45 16.750', '«tong» sai đơn vị tính, lớn hơn 1.000 lần: «tong» là 16,75'],
      ['1.250 750.000 2.000', '«xa_hoi» sai đơn vị tính, lớn hơn 1.000 lần'],
      ['1.250.000.000 750 2.000', '«nha_nuoc» sai đơn vị tính, lớn hơn 1.000.000 lần'],
      ['1.250 7.500 2.000', '«xa_hoi» thừa một chữ số 0'],
      ['12,30 4,45 15,75', '«tong» phải là 16,75'],
    ],
  },
  {
    figures: ['dt d2', 'dt_lua d2', 'dt_mau d2'],
    rule: 'dt_lua + dt_mau == dt',
    sound: ['3,75 1,25 2,50', '3,75 1,25 2,51', '1.250 1.000 250'],
    contradictory: [
      ['3,75 12,50 2,50', '«dt_lua» thừa một chữ số 0: «dt_lua» là 1,25'],
      ['3,75 1.250 2,50', '«dt_lua» lẫn dấu thập phân với dấu hàng nghìn: «dt_lua» là 1,25'],
      ['2.510 1,25 1.260', '«dt_lua» lẫn dấu thập phân với dấu hàng nghìn: «dt_lua» là 1.250'],
    ],
  },
  {
    figures: ['ytd', 'month'],
    rule: 'ytd >= month && month >= 0',
    sound: ['12 3', '3 3', '0 0'],
    contradictory: [['3 12', 'Hiện ghi 3 nhỏ hơn 12.']],
  },
];

const rows = GROUPS.flatMap(({ figures, rule, sound, contradictory }) => [
  ...sound.map((text) => ({ figures, rule, text, fix: null })),
  ...contradictory.map(([text, fix]) => ({ figures, rule, text, fix })),
]);

describe('figures as consolidated reports print them', () => {
  it('are at least forty that are sound and forty that contradict each other', () => {
    expect(rows.filter(({ fix }) => fix === null).length).toBeGreaterThanOrEqual(40);
    expect(rows.filter(({ fix }) => fix !== null).length).toBeGreaterThanOrEqual(40);
  });

  it.each(rows.filter(({ fix }) => fix === null))(
    'accuses nobody of $text ($rule)',
    ({ figures, rule, text }) => {
      expect(findingsOf(someFigures(...figures), rule, text)).toEqual([]);
    },
  );

  it.each(rows.filter(({ fix }) => fix !== null))(
    'catches $text ($rule) and names what is wrong: $fix',
    ({ figures, rule, text, fix }) => {
      const found = findingsOf(someFigures(...figures), rule, text);
      expect(found.map(({ message }) => message)).toEqual([expect.stringContaining(fix ?? '')]);
    },
  );
});
