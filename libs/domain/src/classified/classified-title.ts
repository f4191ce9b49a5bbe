import type { Reason } from '../forms/form';
import { visibleText } from './visible-text';

/** «Tối mật», «Tuyệt mật» as two words, wherever they stand. */
const HIGHER_MARK = /(?<!\p{L})(?:tuyệt|tối)\s+mật(?!\p{L})/iu;
/**
 * «Mật» is part of many harmless words (bảo mật, mật độ, bí mật), so it must stand alone: as a line, in
 * brackets, or behind «Độ mật».
 */
const PLAIN_MARKS: readonly RegExp[] = [
  /^\s*mật\s*$/imu,
  /[([«"“]\s*mật\s*[)\]»"”]/iu,
  /(?<!\p{L})độ\s+mật\s*[:：]?\s*["«“]?\s*mật(?!\p{L})/iu,
  /^\s*mật\s*[-–—:.,;|/]/imu,
  /[-–—:.,;|/]\s*mật\s*$/imu,
];

/**
 * Refuses a title, a name or the text of a document that bears a mark of classification («Mật», «Tối mật», «Tuyệt mật»): such documents go over
 * the Party's own secure network and are not held here. Null when there is no mark. `pointer` is where the
 * text stands in the body.
 */
export function refuseClassified(text: string, pointer = ''): Reason | null {
  const normal = visibleText(text);
  if (!HIGHER_MARK.test(normal) && !PLAIN_MARKS.some((mark) => mark.test(normal))) return null;
  return {
    pointer,
    code: 'plan.classified',
    message:
      'Nội dung có dấu chỉ độ mật (Mật, Tối mật, Tuyệt mật). Hệ thống không tiếp nhận tài liệu mật; ' +
      'đề nghị gửi qua mạng bảo mật riêng của Đảng theo quy định.',
  };
}
