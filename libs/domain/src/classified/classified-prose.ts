import type { Reason } from '../forms/form';
import { visibleText } from './visible-text';

/**
 * How prose stands to classification (độ mật). `mark`: it bears a mark as a document does, on a line or heading of its
 * own, as «Độ mật: …», in brackets, or as the number of such a document (`12-BC/TU-M`). `mention`: the words stand in a
 * sentence («quản lý tài liệu mật»), which most often only tells of work done.
 */
export type ProseMark = 'mark' | 'mention' | null;

/** Marks of tone and vowel that Vietnamese words are written with, decomposed. Any other is decoration. */
const VIETNAMESE_MARKS = '\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323';
const DECORATION = new RegExp(`(?![${VIETNAMESE_MARKS}])\\p{M}`, 'gu');
/** Letters of other alphabets that look like those of the words looked for. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  đ: 'd',
  а: 'a',
  α: 'a',
  м: 'm',
  μ: 'm',
  т: 't',
  τ: 't',
  о: 'o',
  ο: 'o',
  і: 'i',
  ι: 'i',
  у: 'y',
  υ: 'u',
  е: 'e',
  ε: 'e',
};
const LOOKALIKE = new RegExp(`[${Object.keys(LOOKALIKES).join('')}]`, 'gu');

/** Between letters that are spaced out: «M Ậ T», «M.Ậ.T». */
const GAP = '[\\s._*·]*';
const LEVEL = `(?:(?:${word('tối', GAP)}|${word('tuyệt', GAP)})${GAP})?${word('mật', GAP)}`;
const HIGHER = `(?:${word('tối', GAP)}|${word('tuyệt', GAP)})${GAP}${word('mật', GAP)}`;
const ENDS = '(?![\\p{L}\\p{M}])';
const BEGINS = '(?<![\\p{L}\\p{M}])';
const BULLET = '[ \\t]*(?:(?:[-*+•–—]|\\(?(?:\\d{1,2}|[a-z])[.)])[ \\t]*)?';

/** A line of nothing else, its letters and digits taken together: however they are spaced out or adorned. */
const OWN_LINE = new RegExp(
  `^(?:${words('tài liệu', 'văn bản', 'công văn', 'công điện', 'hồ sơ', 'báo cáo', 'kế hoạch', 'đóng dấu', 'phân loại', 'hỏa tốc', 'thượng khẩn', 'khẩn')})*` +
    `(?:(?:${words('mức', 'cấp', 'dấu chỉ')})?${words('độ mật')})?` +
    `(?:(?:${words('tối', 'tuyệt')})?${word('mật')}|(?<=${words('độ mật')})[abc])` +
    `(?:${words('hỏa tốc', 'hẹn giờ', 'thượng khẩn', 'khẩn')}|(?:${words('bản')})?${words('số')}\\d+|[abc])*$`,
  'u',
);
const BULLET_AT_START = new RegExp(`^${BULLET}`, 'u');
const BREAK = /[\n\r\v\f\u0085\u2028\u2029]/u;
const BLANKS = /\s+/gu;
const NEITHER_LETTER_NOR_DIGIT = /[^\p{L}\p{M}\p{N}]/gu;

/** Types of documents as their numbers name them: `12-BC/TU`. */
const TYPES = 'nq|ct|kl|qd|qc|ctr|kh|hd|tb|cv|bc|ttr|bb|da|pa|gm|tt';
const NUMBER = '\\d{1,5}[ \\t]*[-/–—][ \\t]*';
const SYMBOL_PART = '[ \\t]*[-/–—][ \\t]*[\\p{L}\\p{M}]{1,12}';
const MARK_IN_SYMBOL = '[ \\t]*(?:[-–—/][ \\t]*|\\([ \\t]*)(?:m|tm|tum)(?![\\p{L}\\p{M}\\p{N}])';

const MARKS: readonly RegExp[] = [
  `${BEGINS}${word('độ', GAP)}${GAP}${word('mật', GAP)}\\s*[:=–—-]?\\s*["«“([]?\\s*${LEVEL}${ENDS}`,
  `${BEGINS}${word('độ', GAP)}${GAP}${word('mật', GAP)}\\s*[:=]\\s*["«“([]?[abc]${ENDS}`,
  `[([{]\\s*${LEVEL}\\s*[)\\]}]`,
  `^${BULLET}${LEVEL}(?:[ \\t]+[-–—|/]|[–—|])`,
  `^${BULLET}${HIGHER}[ \\t]*:`,
  `[–—|][ \\t]*${LEVEL}[ \\t.]*$`,
  `[ \\t][-/][ \\t]+${LEVEL}[ \\t.]*$`,
  `:[ \\t]*${HIGHER}[ \\t.]*$`,
  `(?<![\\p{L}\\p{N}])${NUMBER}(?:${TYPES})(?:${SYMBOL_PART})?${MARK_IN_SYMBOL}`,
  `${BEGINS}${word('số')}[ \\t]*[:.]?[ \\t]*${NUMBER}[\\p{L}\\p{M}]{1,12}(?:${SYMBOL_PART})?${MARK_IN_SYMBOL}`,
].map((pattern) => new RegExp(pattern, 'mu'));

/** Words that make another word of «mật» before them: mật độ, mật ong … */
const OTHER_WORDS = ['độ', 'ong', 'thiết', 'khẩu', 'vụ', 'danh', 'phục', 'hoa', 'mía'];
const MENTIONS: readonly RegExp[] = [
  `${BEGINS}${spelled('bí', 'tối', 'tuyệt', 'độ', 'cơ', 'tài liệu', 'văn bản', 'văn kiện', 'công văn', 'công điện', 'hồ sơ', 'thông tin', 'tin', 'nội dung', 'số liệu', 'dấu')}\\s+${spelled('mật')}${ENDS}(?!\\s+${spelled(...OTHER_WORDS)}${ENDS})`,
  `["«“‹']\\s*${LEVEL}\\s*["»”›']`,
  `^${BULLET}${word('mật')}[ \\t]*[:.,;]`,
  `[:.,;][ \\t]*${word('mật')}[ \\t.]*$`,
].map((pattern) => new RegExp(pattern, 'mu'));

/** Beyond plain composed Latin, where nothing hides: looked for first, as nearly every prose is such. */
const UNUSUAL = /[^\n\r\t -~\u00a0-\u00ac\u00ae-\u024f\u1e00-\u1eff\u2010-\u2027\u2030-\u203a]/u;
/** What every mark and mention has in it, in plain Latin: the letters of «mật», or the end of a number. */
const MAY_BEAR =
  /[mM][^\p{L}]*[aạâậAẠÂẬ][^\p{L}]*[tT](?!\p{L})|(?<!\p{L})(?:[mM]|[tT][mM]|[tT][uU][mM])(?!\p{L})/u;

/** Looks for marks of classification in what people write in a report. Total, and the same in capitals or not. */
export function proseMark(text: string): ProseMark {
  if (!UNUSUAL.test(text) && !MAY_BEAR.test(text)) return null;
  const lines = visibleText(text)
    .toLowerCase()
    .normalize('NFD')
    .replace(DECORATION, '')
    .replace(LOOKALIKE, (letter) => LOOKALIKES[letter] ?? letter)
    .split(BREAK)
    .map((line) => line.replace(BLANKS, ' ').trim());
  // «M.» may begin a list, and «M.Ậ.T» as well.
  const own = lines.some((line) =>
    [line, line.replace(BULLET_AT_START, '')].some((each) =>
      OWN_LINE.test(each.replace(NEITHER_LETTER_NOR_DIGIT, '')),
    ),
  );
  // Without long runs of blanks, which patterns with several of them would go over again and again.
  const seen = lines.filter((line) => line !== '').join('\n');
  if (own || MARKS.some((mark) => mark.test(seen))) return 'mark';
  return MENTIONS.some((mention) => mention.test(seen)) ? 'mention' : null;
}

/**
 * Refuses prose that bears a mark; null when it does not. `label` is what the place is called, `area` the first part
 * of the refusal's code.
 */
export function refuseMarkedProse(text: string, pointer: string, area: string, label: string): Reason | null {
  if (proseMark(text) !== 'mark') return null;
  return {
    pointer,
    code: `${area}.classified`,
    message:
      `«${label}» có dấu chỉ độ mật (Mật, Tối mật, Tuyệt mật) hoặc số, ký hiệu của văn bản mật. Hệ thống không tiếp ` +
      'nhận nội dung mật; đề nghị bỏ phần này và gửi qua mạng bảo mật riêng của Đảng theo quy định.',
  };
}

/** A word with or without its marks of tone and vowel, nothing else; `gap` may stand between its letters. */
function word(spelling: string, gap = ''): string {
  return decomposed(spelling)
    .map((unit, index) => (/\p{M}/u.test(unit) ? `${unit}?` : `${index === 0 ? '' : gap}${unit}`))
    .join('');
}

function words(...spellings: readonly string[]): string {
  return `(?:${spellings.map((spelling) => word(spelling.replaceAll(' ', ''))).join('|')})`;
}

/** Words with all their marks or none: «do mật độ» is no «độ mật». */
function spelled(...spellings: readonly string[]): string {
  const each = spellings
    .flatMap((spelling) => {
      const units = decomposed(spelling);
      return [units.join(''), units.filter((unit) => !/\p{M}/u.test(unit)).join('')];
    })
    .map((spelling) => spelling.replaceAll(' ', '\\s+'));
  return `(?:${each.join('|')})`;
}

function decomposed(spelling: string): readonly string[] {
  return Array.from(spelling.normalize('NFD').replaceAll('đ', 'd'));
}
