import type { Reason } from '../forms/form';
import { FILE_LIMITS } from './file-kind';

const FILE_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads `attachments` of a report's body: ids of files, each once. Absent means none. */
export function readAttachments(reasons: Reason[], value: unknown): readonly string[] {
  const ids: readonly unknown[] = Array.isArray(value) ? value : [];
  const right =
    value === undefined ||
    (Array.isArray(value) &&
      ids.length <= FILE_LIMITS.perReport &&
      ids.every((id) => typeof id === 'string' && FILE_ID.test(id)));
  if (right && new Set(ids).size === ids.length) return ids as readonly string[];
  reasons.push({
    pointer: '/attachments',
    code: 'attachments.wrongType',
    message: `Danh sách tệp kèm theo (attachments) phải gồm mã của các tệp đã tải lên, mỗi tệp một lần, không quá ${String(FILE_LIMITS.perReport)} tệp.`,
  });
  return [];
}
