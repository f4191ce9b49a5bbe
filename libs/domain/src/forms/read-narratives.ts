import { pointerStep } from './code';
import type { Narrative, Reason, ReportPayload } from './form';

/** Everything wrong with a payload's narratives (lời văn) under the form's outline. */
export function faultsOfNarratives(
  narratives: readonly Narrative[],
  known: ReadonlySet<string>,
  payload: ReportPayload,
): Reason[] {
  const reasons: Reason[] = [];
  for (const { code, label, required, maxLength } of narratives) {
    const pointer = `/narratives/${code}`;
    const text = (payload.narratives[code] ?? '').trim();
    if (text === '') {
      if (required)
        reasons.push({
          pointer,
          code: 'narrative.missing',
          message: `Chưa có nội dung «${label}». Đề nghị bổ sung.`,
        });
      continue;
    }
    // Characters, not UTF-16 units; counted only when it can matter.
    const length = text.length > maxLength ? Array.from(text).length : text.length;
    if (length > maxLength) {
      const message = `«${label}» dài ${String(length)} ký tự, nhiều hơn ${String(maxLength)} ký tự cho phép. Đề nghị rút gọn ${String(length - maxLength)} ký tự.`;
      reasons.push({ pointer, code: 'narrative.tooLong', message });
    }
  }
  for (const code of Object.keys(payload.narratives)) {
    if (!known.has(code)) {
      const message = `Biểu mẫu không có phần lời văn mang mã «${code}». Đề nghị bỏ phần này hoặc kiểm tra lại mã.`;
      reasons.push({ pointer: `/narratives/${pointerStep(code)}`, code: 'narrative.unknown', message });
    }
  }
  return reasons;
}
