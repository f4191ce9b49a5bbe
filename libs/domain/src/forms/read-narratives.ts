import { narrativePointer } from './figure-place';
import type { Narrative, Reason, ReportPayload } from './form';

/** The length of a narrative as its form counts it: characters (not UTF-16 units), blanks around it left out. */
export function charactersIn(text: string): number {
  return Array.from(text.trim()).length;
}

/** Everything wrong with a payload's narratives (lời văn) under the form's outline. */
export function faultsOfNarratives(
  narratives: readonly Narrative[],
  known: ReadonlySet<string>,
  payload: ReportPayload,
): Reason[] {
  const reasons: Reason[] = [];
  for (const { code, label, required, minLength = 0, maxLength } of narratives) {
    const text = (payload.narratives[code] ?? '').trim();
    if (text === '') {
      if (required)
        reasons.push({
          pointer: narrativePointer(code),
          code: 'narrative.missing',
          message: `Chưa có nội dung «${label}». Đề nghị bổ sung.`,
        });
      continue;
    }
    // There are never more characters than UTF-16 units: counted only when it can matter.
    const length = minLength > 0 || text.length > maxLength ? charactersIn(text) : 0;
    if (length < minLength) {
      const message = `«${label}» mới có ${String(length)} ký tự, cần ít nhất ${String(minLength)} ký tự. Đề nghị viết đầy đủ hơn.`;
      reasons.push({ pointer: narrativePointer(code), code: 'narrative.tooShort', message });
    }
    if (length > maxLength) {
      const message = `«${label}» dài ${String(length)} ký tự, nhiều hơn ${String(maxLength)} ký tự cho phép. Đề nghị rút gọn ${String(length - maxLength)} ký tự.`;
      reasons.push({ pointer: narrativePointer(code), code: 'narrative.tooLong', message });
    }
  }
  for (const code of Object.keys(payload.narratives)) {
    if (!known.has(code)) {
      const message = `Biểu mẫu không có phần lời văn mang mã «${code}». Đề nghị bỏ phần này hoặc kiểm tra lại mã.`;
      reasons.push({ pointer: narrativePointer(code), code: 'narrative.unknown', message });
    }
  }
  return reasons;
}
