import { readAttachments } from '../files/read-attachments';
import { pointerTo } from '../pointer';
import { isPlainProse } from '../plain-text';
import { isCode } from './code';
import type { Reason, ReportPayload } from './form';
import { isObject, readRawFigure } from './raw-figure';

const MAX_ENTRIES = 500;
const MAX_NARRATIVE_LENGTH = 20_000;
const MAX_EXPLANATION_LENGTH = 2_000;
/** What the parts of a payload are called. */
const CALLED = {
  figure: 'Phần số liệu (figures)',
  narrative: 'Phần lời văn (narratives)',
  explanation: 'Phần giải trình (explanations)',
} as const;

export type CheckedPayload =
  | { readonly ok: true; readonly payload: ReportPayload }
  | { readonly ok: false; readonly reasons: readonly Reason[] };

/**
 * What is refused at the door, before any form is looked at and with nothing stored: `figures` that is no
 * object of readable, finite figures, `narratives` or `explanations` that is no object of storable texts, names
 * that no form can have, more than 500 entries of any.
 * The payload handed back holds nothing but what a report has. Absent `narratives`, `explanations` and
 * `attachments` mean none were given.
 */
export function checkPayloadShape(body: unknown): CheckedPayload {
  if (!isObject(body)) {
    return {
      ok: false,
      reasons: [
        { pointer: '', code: 'body.wrongType', message: 'Nội dung gửi lên phải là một đối tượng JSON.' },
      ],
    };
  }
  const reasons: Reason[] = [];
  const figures = readEntries(reasons, '/figures', 'figure', body['figures'], readRawFigure);
  const narratives = readEntries(
    reasons,
    '/narratives',
    'narrative',
    body['narratives'] ?? {},
    readProse('narrative', MAX_NARRATIVE_LENGTH),
  );
  const { nil = false } = body;
  if (typeof nil !== 'boolean') {
    const message = 'Mục «không phát sinh» (nil) phải là true hoặc false.';
    reasons.push({ pointer: '/nil', code: 'report.wrongType', message });
  }
  const given = body['explanations'] ?? null;
  const explanations =
    given === null
      ? {}
      : {
          explanations: readEntries(
            reasons,
            '/explanations',
            'explanation',
            given,
            readProse('explanation', MAX_EXPLANATION_LENGTH),
          ),
        };
  const attachments = readAttachments(reasons, body['attachments']);
  if (reasons.length > 0) return { ok: false, reasons };
  return {
    ok: true,
    payload: {
      figures,
      narratives,
      ...explanations,
      ...(nil === true ? { nil } : {}),
      ...(attachments.length === 0 ? {} : { attachments }),
    },
  };
}

function readEntries<T>(
  reasons: Reason[],
  pointer: string,
  area: keyof typeof CALLED,
  value: unknown,
  read: (reasons: Reason[], pointer: string, value: unknown) => T,
): Record<string, T> {
  const result: Record<string, T> = {};
  const called = CALLED[area];
  if (!isObject(value)) {
    const message =
      value === undefined
        ? `${called} còn thiếu.`
        : `${called} phải là một đối tượng JSON gồm các cặp mã và giá trị, không phải danh sách hay chữ.`;
    reasons.push({ pointer, code: `${area}s.${value === undefined ? 'missing' : 'wrongType'}`, message });
    return result;
  }
  const keys = Object.keys(value);
  if (keys.length > MAX_ENTRIES) {
    const message = `${called} có ${String(keys.length)} mục, nhiều hơn ${String(MAX_ENTRIES)} mục cho phép.`;
    reasons.push({ pointer, code: `${area}s.tooMany`, message });
    return result;
  }
  for (const key of keys) {
    // A code needs no escaping in a pointer.
    if (isCode(key)) result[key] = read(reasons, `${pointer}/${key}`, value[key]);
    else {
      const message = `Mã «${key.slice(0, 100)}» không hợp lệ: mã chỉ gồm chữ thường không dấu, chữ số và dấu gạch dưới, bắt đầu bằng chữ, dài không quá 63 ký tự.`;
      reasons.push({ pointer: pointerTo(pointer, key), code: `${area}.badCode`, message });
    }
  }
  return result;
}

/** Reads words of a person (lời văn, giải trình) of at most `longest` UTF-16 units. */
function readProse(
  area: 'narrative' | 'explanation',
  longest: number,
): (reasons: Reason[], pointer: string, value: unknown) => string {
  const called = area === 'narrative' ? 'Phần lời văn' : 'Phần giải trình';
  return (reasons, pointer, value) => {
    if (typeof value !== 'string') {
      const message = `${called} phải là chữ; để chuỗi rỗng khi không có nội dung.`;
      reasons.push({ pointer, code: `${area}.wrongType`, message });
      return '';
    }
    if (value.length > longest) {
      const message = `${called} dài ${String(value.length)} ký tự, nhiều hơn ${String(longest)} ký tự cho phép. Đề nghị rút gọn.`;
      reasons.push({ pointer, code: `${area}.tooLong`, message });
    }
    if (!isPlainProse(value)) {
      const message = `${called} có ký tự điều khiển hoặc ký tự hỏng. Đề nghị xoá ký tự đó hoặc gõ lại đoạn này.`;
      reasons.push({ pointer, code: `${area}.unreadableText`, message });
    }
    return value;
  };
}
