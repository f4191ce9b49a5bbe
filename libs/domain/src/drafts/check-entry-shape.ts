import { isCode } from '../forms/code';
import type { Reason } from '../forms/form';
import { refuseMarkedProse } from '../classified/classified-prose';
import { isPlainProse } from '../plain-text';
import { pointerTo } from '../pointer';
import { EMPTY_ENTRY, ENTRY_TEXTS, type EntryTexts, type ReportEntry } from './report-entry';

/** 500 indicators, each with a few sides or parts. */
const TEXTS_AT_MOST = 2_000;
const LONGEST_TEXT = 20_000;
const ATTACHMENTS_AT_MOST = 50;
/** `code`, `code.numerator`, `code.part`. */
const DEEPEST_REF = 3;
const FILE_ID = /^[A-Za-z0-9-]{1,64}$/;

const CALLED: Readonly<Record<EntryTexts, string>> = {
  figures: 'Phần số liệu (figures)',
  narratives: 'Phần lời văn (narratives)',
  explanations: 'Phần giải trình (explanations)',
};

export type CheckedEntry =
  | { readonly ok: true; readonly entry: ReportEntry }
  | { readonly ok: false; readonly reasons: readonly Reason[] };

/** Fields of a body that `checkEntryShape` reads. */
export const ENTRY_FIELDS: readonly string[] = Object.keys(EMPTY_ENTRY);

/**
 * Checks that `body` has the shape of an entry: texts by name, not too many nor too long, which can be stored.
 * What the texts say is not looked at, but for marks of classification, which are kept nowhere: a draft may be
 * incomplete and wrong. A part that is left out is empty.
 */
export function checkEntryShape(body: unknown): CheckedEntry {
  if (!isObject(body))
    return { ok: false, reasons: [fault('', 'wrongType', 'Nội dung gửi lên phải là một đối tượng JSON.')] };
  const reasons: Reason[] = [];
  const [figures = {}, narratives = {}, explanations = {}] = ENTRY_TEXTS.map((part) =>
    readTexts(reasons, part, body[part] ?? {}),
  );
  const entry: ReportEntry = {
    figures,
    narratives,
    explanations,
    attachments: readList(reasons, '/attachments', body['attachments'] ?? [], ATTACHMENTS_AT_MOST, (text) =>
      FILE_ID.test(text),
    ),
    nil: readFlag(reasons, '/nil', body['nil'] ?? false),
    prefilled: readList(reasons, '/prefilled', body['prefilled'] ?? [], TEXTS_AT_MOST, isRef),
  };
  return reasons.length > 0 ? { ok: false, reasons } : { ok: true, entry };
}

function readTexts(reasons: Reason[], part: EntryTexts, value: unknown): Record<string, string> {
  const pointer = `/${part}`;
  const texts: Record<string, string> = {};
  if (!isObject(value)) {
    const message = `${CALLED[part]} phải là một đối tượng JSON gồm các cặp mã và chữ.`;
    reasons.push(fault(pointer, 'wrongType', message));
    return texts;
  }
  const names = Object.keys(value);
  if (names.length > TEXTS_AT_MOST) {
    const message = `${CALLED[part]} có ${String(names.length)} mục, nhiều hơn ${String(TEXTS_AT_MOST)} mục cho phép.`;
    reasons.push(fault(pointer, 'tooMany', message));
    return texts;
  }
  for (const name of names) {
    const text = value[name];
    const at = pointerTo(pointer, name);
    if (!isRef(name)) reasons.push(fault(at, 'badCode', `Mã «${name.slice(0, 100)}» không hợp lệ.`));
    else if (typeof text !== 'string') reasons.push(fault(at, 'wrongType', 'Mục này phải là chữ.'));
    else if (text.length > LONGEST_TEXT) {
      const message = `Mục này dài ${String(text.length)} ký tự, nhiều hơn ${String(LONGEST_TEXT)} ký tự cho phép.`;
      reasons.push(fault(at, 'tooLong', message));
    } else if (!isPlainProse(text)) {
      const message =
        'Mục này có ký tự điều khiển hoặc ký tự hỏng. Đề nghị xoá ký tự đó hoặc gõ lại đoạn này.';
      reasons.push(fault(at, 'unreadableText', message));
    } else {
      const marked = refuseMarkedProse(text, at, 'draft', 'Mục này');
      if (marked === null) texts[name] = text;
      else reasons.push(marked);
    }
  }
  return texts;
}

function readList(
  reasons: Reason[],
  pointer: string,
  value: unknown,
  most: number,
  isRight: (text: string) => boolean,
): readonly string[] {
  const isList = Array.isArray(value) && value.length <= most;
  if (isList && value.every((item: unknown) => typeof item === 'string' && isRight(item)))
    return [...new Set(value as readonly string[])];
  const message = `Mục này phải là một danh sách mã, không quá ${String(most)} mã.`;
  reasons.push(fault(pointer, 'wrongType', message));
  return [];
}

function readFlag(reasons: Reason[], pointer: string, value: unknown): boolean {
  if (typeof value !== 'boolean')
    reasons.push(fault(pointer, 'wrongType', 'Mục này phải là true hoặc false.'));
  return value === true;
}

function isRef(text: string): boolean {
  const parts = text.split('.');
  return parts.length <= DEEPEST_REF && parts.every(isCode);
}

function fault(pointer: string, reason: string, message: string): Reason {
  return { pointer, code: `draft.${reason}`, message };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
