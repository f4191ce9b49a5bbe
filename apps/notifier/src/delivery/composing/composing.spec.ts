import { instantAt } from '@mach/domain';
import type { OwedItem } from '@mach/persistence';
import { SegmentedMessage } from 'sms-segments-calculator';
import { composeMail } from './compose-mail';
import { composeSms } from './compose-sms';
import { decideDelivery } from '../sending/decide-delivery';
import { digestContent } from './digest-content';

const DEADLINE = instantAt('2026-11-17', '17:00');
const LATE = instantAt('2026-11-18', '08:00');
const CELL = { id: 30, code: '11560-003', name: 'Chi bộ thôn 3' };
const READER = { name: 'Văn thư Chi bộ thôn 3', unitId: 30, unitCode: CELL.code, unitName: CELL.name };

const owed = (overrides: Partial<OwedItem> = {}): OwedItem => ({
  obligationId: '7',
  unit: CELL,
  requirement: { code: '14-CTR-TU-THANG', title: 'Báo cáo tháng thực hiện Chương trình 14-CTr/TU' },
  plan: { symbol: '14-CTr/TU', title: 'Chương trình hành động thực hiện Kết luận số 199-KL/TW' },
  period: { key: '2026-11', label: 'Tháng 11/2026' },
  deadline: DEADLINE,
  quietHours: { from: '21:00', to: '06:30' },
  standing: 'owed',
  returned: null,
  answered: null,
  ...overrides,
});
const below = (count: number): OwedItem[] =>
  Array.from({ length: count }, (_, index) =>
    owed({
      obligationId: String(index),
      unit: { id: 100 + index, code: `11560-${String(index)}`, name: `Chi bộ thôn ${String(index)}` },
    }),
  );
const sms = (items: readonly OwedItem[], now = LATE, accented = false, reader = READER): string =>
  composeSms(digestContent(reader, items, now), accented);

const ofFigures = (...labels: string[]): Partial<OwedItem> => ({
  deadline: instantAt('2026-11-20', '17:00'),
  returned: { figures: labels.map((label) => ({ label, reason: 'Ghi 12 là nhầm cột' })), reason: null },
});

describe('a report that was given back', () => {
  test('is told by SMS without naming a figure, a number or a reason', () => {
    expect(sms([owed(ofFigures('Số buổi học tập', 'Số đảng viên'))])).toBe(
      'Mach: Chi bo thon 3 bi tra lai bao cao thang 11/2026 theo 14-CTr/TU, can sua 2 so lieu, han 17h00 20/11/2026. De nghi sua va nop lai.',
    );
    const whole = { figures: null, reason: 'Số 12 sai' };
    expect(sms([owed({ returned: whole })])).toBe(
      'Mach: Chi bo thon 3 bi tra lai bao cao thang 11/2026 theo 14-CTr/TU, can xem lai toan bo, han 17h00 17/11/2026. De nghi sua va nop lai.',
    );
    expect(sms([owed(ofFigures('Số buổi')), owed()])).toContain('con 2 bao cao chua nop hoac chua sua');
  });

  test('is told by e-mail with each figure and why', () => {
    const { subject, text } = composeMail(
      digestContent(READER, [owed(ofFigures('Số buổi học tập'))], LATE),
      'https://mach.example.invalid',
    );
    expect(subject).toBe(
      '[Mạch] Trả lại báo cáo tháng 11/2026 theo 14-CTr/TU, cần sửa 1 số liệu, hạn 17h00 20/11/2026',
    );
    expect(text).toContain('Chi bộ thôn 3 có báo cáo bị cấp trên trả lại, đề nghị sửa và nộp lại:');
    expect(text).toContain('Cấp trên trả lại, cần sửa 1 số liệu.');
    expect(text).toContain('- Số buổi học tập: Ghi 12 là nhầm cột');
    expect(text).toContain('Hạn sửa: 17 giờ 00, thứ Sáu, ngày 20/11/2026');
    const whole = composeMail(
      digestContent(READER, [owed({ returned: { figures: null, reason: 'Thiếu biên bản' } })], LATE),
      'https://mach.example.invalid',
    );
    expect(whole.text).toContain('Cấp trên trả lại, cần xem lại toàn bộ. Lý do: Thiếu biên bản');
  });
});

describe('an answered request for more time', () => {
  const granted: Partial<OwedItem> = {
    deadline: instantAt('2026-11-20', '17:00'),
    answered: { granted: true, until: instantAt('2026-11-20', '17:00') },
  };
  const refused: Partial<OwedItem> = { answered: { granted: false, reason: 'Đã gia hạn 2 lần' } };
  const mail = (...items: OwedItem[]) =>
    composeMail(digestContent(READER, items, LATE), 'https://mach.example.invalid');

  test('is told by SMS with the date that holds, never with the reason', () => {
    expect(sms([owed(granted)])).toBe(
      'Mach: Chi bo thon 3 duoc gia han bao cao thang 11/2026 theo 14-CTr/TU, han moi 17h00 20/11/2026.',
    );
    expect(sms([owed(refused)])).toBe(
      'Mach: Chi bo thon 3 khong duoc gia han bao cao thang 11/2026 theo 14-CTr/TU, han 17h00 17/11/2026.',
    );
    expect(sms([owed(), owed({ ...granted, obligationId: '8' })])).toContain(
      'con 2 bao cao chua nop (1 qua han); som nhat: bao cao thang 11/2026 theo 14-CTr/TU, han 17h00 17/11/2026. Co 1 de nghi gia han duoc tra loi.',
    );
    const met = owed({ ...granted, standing: 'met' });
    expect(sms([met, met])).toBe('Mach: Chi bo thon 3 co 2 de nghi gia han duoc tra loi.');
  });

  test('is told by e-mail, the reason of a refusal too', () => {
    const yes = mail(owed(granted));
    expect(yes.subject).toBe(
      '[Mạch] Trả lời đề nghị gia hạn: được gia hạn báo cáo tháng 11/2026 theo 14-CTr/TU, hạn mới 17h00 20/11/2026',
    );
    expect(yes.text).toContain('Đề nghị gia hạn của Chi bộ thôn 3 đã được trả lời:');
    expect(yes.text).toContain(
      'Đề nghị gia hạn được đồng ý; hạn mới: 17 giờ 00, thứ Sáu, ngày 20/11/2026\n   Hạn nộp: 17 giờ 00, thứ Sáu, ngày 20/11/2026 (còn 2 ngày)',
    );
    const no = mail(owed(refused));
    expect(no.subject).toBe(
      '[Mạch] Trả lời đề nghị gia hạn: không được gia hạn báo cáo tháng 11/2026 theo 14-CTr/TU, hạn 17h00 17/11/2026',
    );
    expect(no.text).toContain('Đề nghị gia hạn không được đồng ý. Lý do: Đã gia hạn 2 lần');
  });

  test('asks for nothing where nothing is owed any more', () => {
    const { subject, text } = mail(owed({ ...refused, standing: 'met' }), owed({ obligationId: '8' }));
    expect(subject).toBe('[Mạch] Đôn đốc: 1 báo cáo chưa nộp (1 quá hạn); 1 đề nghị gia hạn được trả lời');
    expect(text).toContain('Chi bộ thôn 3 còn 1 báo cáo chưa nộp:');
    expect(text.match(/Hạn nộp:/g)).toHaveLength(1);
    expect(text).toContain('Xem báo cáo: https://mach.example.invalid/bao-cao/7');
  });

  test('is given although the report came in, and waits for the morning like all others', () => {
    const met = owed({ ...granted, standing: 'met' });
    expect(decideDelivery([met, owed({ standing: 'met' })], LATE)).toEqual({ kind: 'send', items: [met] });
    expect(decideDelivery([met], instantAt('2026-11-18', '22:00'))).toMatchObject({ kind: 'postpone' });
  });
});

describe('SMS', () => {
  test('names unit, plan and deadline, without accents', () => {
    expect(sms([owed()])).toBe(
      'Mach: Chi bo thon 3 chua nop bao cao thang 11/2026 theo 14-CTr/TU, han 17h00 17/11/2026. De nghi gui ngay.',
    );
    expect(sms([owed()], instantAt('2026-11-17', '08:00'))).toBe(
      'Mach: Chi bo thon 3 can nop bao cao thang 11/2026 theo 14-CTr/TU, han 17h00 17/11/2026. De nghi gui dung han.',
    );
  });

  test('keeps its accents when asked to', () => {
    expect(sms([owed()], LATE, true)).toBe(
      'Mạch: Chi bộ thôn 3 chưa nộp báo cáo tháng 11/2026 theo 14-CTr/TU, hạn 17h00 17/11/2026. Đề nghị gửi ngay.',
    );
  });

  test('says less rather than take a second message', () => {
    const unitName =
      'Chi bộ Trường Trung học phổ thông chuyên Nguyễn Trãi – cơ sở “Hải Dương”, phường Thành Đông';
    const text = sms([owed()], LATE, false, { ...READER, unitName });
    expect(text).toBe(
      'Mach: Don vi chua nop bao cao thang 11/2026 theo 14-CTr/TU, han 17h00 17/11/2026. De nghi gui ngay.',
    );
  });

  test('counts several reports, and the units below', () => {
    expect(sms([owed(), owed({ obligationId: '8', deadline: instantAt('2026-11-20', '17:00') })])).toBe(
      'Mach: Chi bo thon 3 con 2 bao cao chua nop (1 qua han); som nhat: bao cao thang 11/2026 theo 14-CTr/TU, han 17h00 17/11/2026. De nghi gui ngay.',
    );
    expect(
      sms(below(37), LATE, false, { ...READER, unitId: 20, unitName: 'Đảng ủy phường Thủy Nguyên' }),
    ).toBe(
      'Mach: 37 don vi thuoc Dang uy phuong Thuy Nguyen chua nop bao cao thang 11/2026 theo 14-CTr/TU, qua han tu 17h00 17/11/2026. De nghi don doc.',
    );
  });

  test('is one message of the GSM alphabet, by another program’s count', () => {
    for (const items of [[owed()], [owed(), owed()], below(1_234), [owed(), ...below(12)]]) {
      const counted = new SegmentedMessage(sms(items));
      expect(counted.getEncodingName()).toBe('GSM-7');
      expect(counted.segmentsCount).toBe(1);
    }
  });
});

describe('e-mail', () => {
  const mail = (items: readonly OwedItem[], now = LATE, reader = READER): ReturnType<typeof composeMail> =>
    composeMail(digestContent(reader, items, now), 'https://mach.example.invalid');

  test('says to whom, which plan, which deadline, how late, and where to go', () => {
    const { subject, text } = mail([owed()]);
    expect(subject).toBe('[Mạch] Quá hạn: báo cáo tháng 11/2026 theo 14-CTr/TU');
    expect(text).toBe(`Kính gửi: Văn thư Chi bộ thôn 3

Chi bộ thôn 3 còn 1 báo cáo chưa nộp:

1. Báo cáo tháng thực hiện Chương trình 14-CTr/TU
   Kỳ báo cáo: Tháng 11/2026
   Theo: 14-CTr/TU – Chương trình hành động thực hiện Kết luận số 199-KL/TW
   Hạn nộp: 17 giờ 00, thứ Ba, ngày 17/11/2026 (quá hạn 1 ngày)
   Nộp báo cáo: https://mach.example.invalid/bao-cao/7

Thư này do hệ thống Mạch tự động gửi; xin không trả lời.
Nếu đơn vị vừa gửi báo cáo thì xin bỏ qua thư này.
`);
  });

  test('counts hours on the day itself', () => {
    expect(mail([owed()], instantAt('2026-11-17', '08:00')).text).toContain('(còn 9 giờ)');
    expect(mail([owed()], instantAt('2026-11-17', '17:05')).text).toContain('(quá hạn 5 phút)');
  });

  test('lists twenty units below and counts the rest', () => {
    const { subject, text } = mail(below(25), LATE, {
      ...READER,
      unitId: 20,
      unitCode: '11560',
      unitName: 'Đảng ủy phường Thủy Nguyên',
    });
    expect(subject).toBe('[Mạch] Đôn đốc: 25 đơn vị chưa nộp báo cáo tháng 11/2026 theo 14-CTr/TU');
    expect(text.match(/- Chi bộ thôn/g)).toHaveLength(20);
    expect(text).toContain('… và 5 đơn vị khác');
    expect(text).toContain('https://mach.example.invalid/theo-doi/14-CTR-TU-THANG/2026-11/11560');
  });

  test('shows what people typed as text, never as HTML', () => {
    const { html } = mail([owed({ plan: { symbol: '<b>', title: '"><script>alert(1)</script>' } })]);
    expect(html).not.toContain('<script>');
    expect(html).not.toContain('<b>');
    expect(html).toContain('&#60;script&#62;');
  });
});

describe('whether to send', () => {
  test('what was met or is being decided is left out; when nothing is left the message is cancelled', () => {
    expect(decideDelivery([owed({ standing: 'met' }), owed({ standing: 'undecided' })], LATE)).toEqual({
      kind: 'cancel',
    });
    expect(decideDelivery([owed({ standing: 'met' }), owed({ obligationId: '8' })], LATE)).toEqual({
      kind: 'send',
      items: [owed({ obligationId: '8' })],
    });
  });

  test('at night it waits for the morning, of the policy that is quiet longest', () => {
    const night = instantAt('2026-11-18', '22:00');
    expect(decideDelivery([owed(), owed({ quietHours: { from: '20:00', to: '07:30' } })], night)).toEqual({
      kind: 'postpone',
      until: instantAt('2026-11-19', '07:30'),
    });
    expect(decideDelivery([owed({ quietHours: null })], night)).toMatchObject({ kind: 'send' });
  });
});
