/*
 * Narratives of a whole city, made from a seed, for the tests of what is copied. They know nothing of shingles: the
 * texts are made of words, phrases of office that many use, and the plan's own sentences that everybody repeats.
 */

/** A generator of numbers below `n`, the same for the same seed (xorshift32). */
export type Chance = (n: number) => number;

export function chanceOf(seed: number): Chance {
  let state = seed === 0 ? 1 : seed;
  return (n) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.floor(((state >>> 0) / 2 ** 32) * n);
  };
}

const SYLLABLES =
  'bà con nhân dân tổ xóm thôn khu phố trường học xưởng bến cảng chợ đường ngõ nhà máy công nhân đoàn viên phụ nữ thanh niên cựu chiến binh mặt trận hội viên lúa màu vụ mùa đê kè nước sạch rác thải cây xanh đèn điện hè phố vệ sinh an ninh trật tự cháy nổ phòng khám sức khỏe trẻ em người cao tuổi hộ nghèo nhà văn hóa sân chơi loa đài bảng tin bài viết sổ tay tờ gấp lớp học buổi tối chủ nhật đầu tháng cuối tuần đồng chí bí thư phó ban chi ủy cấp trên góp ý tiếp thu giải trình kinh phí xã hội hóa ủng hộ ngày công vận động tự nguyện di dời giải phóng mặt bằng hồ sơ thủ tục một cửa trực tuyến chữ ký số điện thoại máy tính'.split(
    ' ',
  );

const PHRASES = [
  'thực hiện nghiêm túc sự chỉ đạo của cấp ủy cấp trên',
  'gắn với sinh hoạt chi bộ thường kỳ hằng tháng',
  'tạo sự thống nhất trong nhận thức và hành động',
  'phát huy vai trò nêu gương của cán bộ, đảng viên',
  'được đông đảo nhân dân đồng tình ủng hộ',
  'góp phần hoàn thành nhiệm vụ chính trị của đơn vị',
  'tăng cường công tác kiểm tra, giám sát của cấp ủy',
  'phối hợp chặt chẽ với Mặt trận và các đoàn thể',
  'kịp thời nắm bắt tâm tư, nguyện vọng của nhân dân',
  'đổi mới nội dung và phương thức sinh hoạt',
  'chú trọng xây dựng các mô hình điểm tại cơ sở',
  'trong thời gian tới tiếp tục đẩy mạnh tuyên truyền',
];

/** What the plan itself asks everybody to begin and to end with. */
export const TEMPLATE_HEAD =
  'Thực hiện Chương trình hành động số 14-CTr/TU ngày 28/01/2026 của Thành ủy về thực hiện Kết luận số 199-KL/TW của Ban Chấp hành Trung ương Đảng khóa XIII, trong kỳ báo cáo đơn vị đã tổ chức quán triệt, tuyên truyền và triển khai các nhiệm vụ được giao với kết quả như sau.';
export const TEMPLATE_TAIL =
  'Trên đây là kết quả thực hiện trong kỳ báo cáo, đơn vị trân trọng báo cáo cấp ủy cấp trên trực tiếp theo dõi, chỉ đạo và đề nghị tiếp tục quan tâm, hướng dẫn đơn vị hoàn thành các chỉ tiêu, nhiệm vụ của năm.';

/** A text of its own of about `length` characters, phrases of office strewn in. */
export function aText(chance: Chance, length = 1_400): string {
  let text = '';
  while (text.length < length) {
    const words = Array.from({ length: 9 + chance(9) }, () => SYLLABLES[chance(SYLLABLES.length)] ?? '');
    const phrase = chance(3) === 0 ? `, ${PHRASES[chance(PHRASES.length)] ?? ''}` : '';
    const number = chance(4) === 0 ? ` ${String(1 + chance(400))} lượt` : '';
    text += `${text === '' ? '' : ' '}${capital(words.join(' '))}${number}${phrase}.`;
  }
  return text;
}

/** A text between the plan's own sentences: about 2.000 characters. */
export function aNarrative(chance: Chance, length = 1_400): string {
  return `${TEMPLATE_HEAD} ${aText(chance, length)} ${TEMPLATE_TAIL}`;
}

/**
 * The text as somebody hands it in who copied it: of its words `percent` replaced, passage by passage, other
 * numbers, and here and there other blanks, case and marks.
 */
export function edited(text: string, percent: number, chance: Chance): string {
  const words = text.split(' ');
  const replaced = new Set<number>();
  while (replaced.size * 100 < percent * words.length) {
    const from = chance(words.length);
    for (let at = from; at < from + 12 && at < words.length; at += 1) replaced.add(at);
  }
  return words
    .map((word, at) => {
      if (replaced.has(at)) return SYLLABLES[chance(SYLLABLES.length)] ?? '';
      if (/^\d+$/.test(word)) return String(1 + chance(400));
      if (chance(40) === 0) return word.toUpperCase();
      return chance(60) === 0 ? `${word} ` : word;
    })
    .join(' ')
    .normalize(chance(2) === 0 ? 'NFC' : 'NFD');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
