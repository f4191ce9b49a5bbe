import fc from 'fast-check';
import { proseMark, refuseMarkedProse } from './classified-prose';

const MARKED: readonly string[] = [
  'MẬT',
  'Mật',
  'TỐI MẬT',
  'Tuyệt mật',
  'MẬT.',
  '(MẬT)',
  '[ Tối mật ]',
  '*** MẬT ***',
  '--- TUYỆT MẬT ---',
  'M Ậ T',
  'M.Ậ.T',
  'T Ố I   M Ậ T',
  'T.U.Y.Ệ.T M.Ậ.T',
  'MAT',
  'TOI MAT',
  'tuyet mat',
  'M A T',
  'MÂT',
  '- Mật',
  '1. TỐI MẬT',
  'a) Mật',
  'Độ mật: Mật',
  'ĐỘ MẬT: TỐI MẬT',
  'Mức độ mật: Tuyệt mật',
  'Độ mật - Mật',
  'Do mat: toi mat',
  'Độ mật: A',
  'Báo cáo tháng 11. Độ mật: Mật. Nơi nhận: như trên.',
  'TÀI LIỆU MẬT',
  'Văn bản tối mật',
  'MẬT - HỎA TỐC',
  'Hỏa tốc – Mật',
  'TUYỆT MẬT (A)',
  'Mật, bản số 01',
  'MẬT\nKế hoạch phòng thủ khu vực năm 2026',
  'Kế hoạch phòng thủ\r\n  TỐI MẬT\r\nnăm 2026',
  'Nội dung thứ nhất\u2028MẬT\u2028Nội dung thứ hai',
  'Mật – Kế hoạch phòng thủ',
  'Tối mật: phương án tác chiến',
  'Kế hoạch diễn tập phòng thủ - MẬT',
  'Phương án bảo vệ mục tiêu (Mật)',
  'Phân loại: Tối mật',
  'Thực hiện Kế hoạch số 15-KH/TU-M của Ban Thường vụ.',
  'Báo cáo 123-BC/ĐU-M ngày 02/11/2026',
  'Công văn số 45-CV/TU(M)',
  'Quyết định 07-QĐ/TU-TM',
  'Nghị quyết số 3-NQ/TU – TuM',
  'Số: 12/UBND-M',
  'Ke hoach 15 - KH / TU - M',
  'ＭẬＴ',
  'M\u200bẬ\u200dT',
  'M\u00adậ\u2060t',
  'МẬТ',
  'M̲Ậ̲T̲',
  'Tối mật'.normalize('NFD'),
];

/** Words of another sense, and nothing of secrets. */
const INNOCENT: readonly string[] = [
  '',
  'Tổ chức 12 buổi sinh hoạt chuyên đề về bảo mật thông tin.',
  'BẢO MẬT',
  'Bảo mật',
  'Bảo mật: cài đặt phần mềm diệt vi-rút cho 14 máy.',
  'Công tác cơ yếu, bảo mật, an toàn thông tin mạng được bảo đảm.',
  'Hợp tác xã sản xuất 500 lít mật ong.',
  'Mật ong',
  'Mật ong: 500 lít; phấn hoa: 20 kg.',
  'Mật độ dân số phường Thủy Nguyên là 2.500 người/km²',
  'Mật độ giao thông trên tuyến do mật độ dân cư cao.',
  'Do mật độ dân số cao nên khó bố trí địa điểm.',
  'Chi bộ thôn Mật Sơn',
  'Mật Sơn',
  'Khu dân cư Mật Sơn, phường Chí Linh',
  'Quan hệ mật thiết giữa Đảng và Nhân dân',
  'MẬT THIẾT',
  'Gắn bó máu thịt, mật thiết với Nhân dân',
  'Đặt mật khẩu mạnh cho tài khoản dịch vụ công',
  'Mật khẩu',
  'Mật khẩu: đã đổi trên toàn bộ máy trạm.',
  'Nghề nuôi ong lấy mật phát triển ở 3 thôn',
  'Giống mía cho nhiều mật',
  'Mía mật',
  'Phẫu thuật sỏi mật tại trạm y tế',
  'Túi mật',
  'Sỏi túi mật',
  'Rỉ mật',
  'Bánh mật Quảng Yên',
  'Mật mía Hải Dương được công nhận OCOP 3 sao',
  'Mất điện trên địa bàn 2 giờ',
  'MẤT',
  'Mặt',
  'MẶT TRẬN TỔ QUỐC',
  'Mặt trận và các đoàn thể',
  'Mắt',
  'Tôi mất giấy tờ',
  'Một mặt: tuyên truyền; mặt khác: kiểm tra.',
  'Kiểm soát chặt, thắt chặt; mạt cưa làm chất đốt',
  'Có mặt: 45; vắng mặt: 2',
  'Thực hiện Chương trình hành động 14-CTr/TU ngày 28/01/2026',
  'Kế hoạch số 15-KH/TU, Chỉ thị 50-CT/TW',
  'Đường bê tông rộng 3 m, dài 120 m',
  'Tuyến kênh dài 2-3 km, sâu 1/2 m',
  'Khối lượng 12 kg/m',
  'Bể chứa 10-12 m³; cống phi 60 - m',
  'Ti\u0300nh hi\u0300nh chung o\u0302\u0309n đi\u0323nh'.normalize('NFC'),
  'Ban hành 12-KH/ĐU; mở 3 lớp.',
  'Văn bản mật độ cao',
  'Thông tin mật độ xe trên cầu',
];

/** About secrets, in sentences: no mark, but somebody is asked whether it may be said here. */
const MENTIONED: readonly string[] = [
  'Phổ biến Luật Bảo vệ bí mật nhà nước tới 100 % đảng viên.',
  'Thực hiện nghiêm quy định về quản lý tài liệu mật.',
  'Rà soát 15 văn bản mật đến kỳ giải mật',
  'Không soạn thảo văn bản tối mật trên máy nối mạng',
  'Bàn giao hồ sơ tuyệt mật, tối mật theo quy định',
  'Tập huấn xác định độ mật của văn bản',
  'Kiểm tra việc đóng dấu «Mật» trên văn bản',
  'To chuc hoc tap Luat Bao ve bi mat nha nuoc',
  'Giữ bí mật thông tin người tố giác',
  'BÍ MẬT',
  'Mật, ong và sữa ong chúa',
  'Nhiệm vụ cơ mật',
];

it('has at least forty of each', () => {
  expect(MARKED.length).toBeGreaterThanOrEqual(40);
  expect(INNOCENT.length).toBeGreaterThanOrEqual(40);
  expect(new Set([...MARKED, ...INNOCENT, ...MENTIONED]).size).toBe(
    MARKED.length + INNOCENT.length + MENTIONED.length,
  );
});

describe('a mark of classification in prose', () => {
  it.each(MARKED)('%j is one', (text) => {
    expect(proseMark(text)).toBe('mark');
  });

  it.each(INNOCENT)('%j is none', (text) => {
    expect(proseMark(text)).toBeNull();
  });

  it.each(MENTIONED)('%j only speaks of secrets', (text) => {
    expect(proseMark(text)).toBe('mention');
  });

  it('is found wherever its line stands', () => {
    for (const text of MARKED)
      expect(proseMark(`Kết quả thực hiện trong tháng.\n${text}\nPhương hướng tháng tới.`)).toBe('mark');
  });

  it('is none where innocent lines stand together', () => {
    expect(proseMark(INNOCENT.join('\n'))).toBeNull();
    expect(refuseMarkedProse(INNOCENT.join('\n'), '/narratives/a', 'narrative', 'Kết quả')).toBeNull();
  });

  const invisible = fc.constantFrom(
    '\u200b',
    '\u200c',
    '\u200d',
    '\u2060',
    '\ufeff',
    '\u00ad',
    '\u034f',
    '\u180e',
    '\u3164',
    '\ufe0f',
    '\u202e',
    '\u2066',
    '\u{e0041}',
  );
  const marked = fc.constantFrom(...MARKED);

  it('is not freed by what nobody sees, put anywhere', () => {
    fc.assert(
      fc.property(
        marked,
        fc.array(fc.tuple(fc.nat(80), invisible), { minLength: 1, maxLength: 12 }),
        fc.constantFrom('NFC' as const, 'NFD' as const),
        (text, put, form) => {
          const units = Array.from(text.normalize(form));
          for (const [at, character] of put) units.splice(at % (units.length + 1), 0, character);
          expect(proseMark(units.join(''))).toBe('mark');
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('is not freed by capitals or small letters', () => {
    fc.assert(
      fc.property(marked, fc.array(fc.boolean(), { minLength: 120, maxLength: 120 }), (text, upper) => {
        const changed = Array.from(text, (unit, index) =>
          upper[index] === true ? unit.toUpperCase() : unit.toLowerCase(),
        ).join('');
        expect(proseMark(changed)).toBe('mark');
      }),
      { numRuns: 2_000 },
    );
    for (const text of MARKED)
      expect([proseMark(text.toUpperCase()), proseMark(text.toLowerCase())]).toEqual(['mark', 'mark']);
  });

  it('is looked for in any text without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(['mark', 'mention', null]).toContain(proseMark(text));
      }),
    );
  });

  it('is looked for in long runs of anything, as fast as in prose', () => {
    const runs = [
      ' ',
      '\n',
      '.',
      'm ',
      'độ mật',
      'độ mật ',
      'tối ',
      't.',
      '1-',
      'số 1-',
      '(',
      'ba',
      '\u200b',
      '- ',
      'a',
    ];
    for (const run of runs)
      for (const end of ['', 'x', 'mật'])
        expect(['mark', 'mention', null]).toContain(proseMark(`độ mật${run.repeat(20_000)}${end}`));
  });

  it('is refused with the place and the way such a text goes instead', () => {
    expect(refuseMarkedProse('MẬT', '/narratives/a', 'narrative', 'Kết quả')).toMatchObject({
      pointer: '/narratives/a',
      code: 'narrative.classified',
      message: expect.stringMatching(
        /^«Kết quả» có dấu chỉ độ mật.*gửi qua mạng bảo mật riêng của Đảng/,
      ) as string,
    });
    expect(refuseMarkedProse('Quản lý tài liệu mật', '', 'narrative', 'x')).toBeNull();
  });
});
