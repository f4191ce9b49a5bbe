import type { Reason } from '../forms/form';
import { isPlainLine } from '../plain-text';
import { refuseClassified } from '../classified/classified-title';
import { FILE_KIND_TRAITS, type FileKind } from './file-kind';

const LONGEST_NAME = 150;
/** What leads out of a folder or is no name on some machine that will keep the file. */
const NOT_IN_NAMES = /[/\\:*?"<>|]/;

export type CheckedFileName =
  { readonly ok: true; readonly name: string } | { readonly ok: false; readonly reason: Reason };

/**
 * Reads the name under which a file is sent: one plain line that is a name in every folder, with no mark of
 * classification. Handed back in composed Unicode (NFC), without blanks at its ends.
 */
export function checkFileName(raw: string): CheckedFileName {
  const name = raw.normalize('NFC').trim();
  if (name === '' || name.length > LONGEST_NAME)
    return refused('badName', `Tên tệp phải có từ 1 đến ${String(LONGEST_NAME)} ký tự.`);
  if (!isPlainLine(name) || NOT_IN_NAMES.test(name) || name.startsWith('.') || name.endsWith('.')) {
    return refused(
      'badName',
      'Tên tệp có ký tự không dùng được (xuống dòng, ký tự ẩn, / \\ : * ? " < > |) hoặc bắt đầu, kết thúc bằng dấu chấm. Đề nghị đổi tên tệp.',
    );
  }
  // «bao_cao_mat» separates words as «bao cao - mat» does.
  const marked = refuseClassified(stemOf(name).replaceAll('_', '-'), '/name');
  return marked === null ? { ok: true, name } : { ok: false, reason: marked };
}

/** Refuses a name whose ending says another kind than the content is; null when both agree. */
export function refuseEnding(name: string, kind: FileKind): Reason | null {
  const { endings, words } = FILE_KIND_TRAITS[kind];
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  if (name.includes('.') && endings.includes(ending)) return null;
  return {
    pointer: '/name',
    code: 'file.otherKind',
    message: `Nội dung tệp là ${words} nhưng tên tệp không có đuôi .${endings[0]}. Đề nghị kiểm tra lại tệp.`,
  };
}

function stemOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? name : name.slice(0, dot);
}

function refused(reason: string, message: string): CheckedFileName {
  return { ok: false, reason: { pointer: '/name', code: `file.${reason}`, message } };
}
