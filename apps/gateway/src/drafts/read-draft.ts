import {
  checkEntryShape,
  ENTRY_FIELDS,
  pointerTo,
  readReceiptNumber,
  type Reason,
  type ReportEntry,
} from '@mach/domain';
import { ProblemException } from '../problems/problem.exception';

/** What a request to save a draft says. */
export interface DraftToSave {
  readonly basedOn: number | null;
  readonly formVersion: number;
  /** In its one right spelling. */
  readonly startedFrom: string | null;
  readonly entry: ReportEntry;
}

const FIELDS: ReadonlySet<string> = new Set(['basedOn', 'formVersion', 'startedFrom', ...ENTRY_FIELDS]);

/** Reads the body of a draft and tells every fault of its shape at once (`request.invalid`). */
export function readDraft(body: unknown): DraftToSave {
  const checked = checkEntryShape(body);
  const fields = (checked.ok ? body : {}) as Readonly<Record<string, unknown>>;
  const reasons: Reason[] = checked.ok ? [] : [...checked.reasons];
  const fault = (name: string, message: string): void => {
    reasons.push({ pointer: pointerTo('', name), code: 'draft.wrongType', message });
  };
  const { basedOn, formVersion, startedFrom } = fields;
  const receipt = typeof startedFrom === 'string' ? readReceiptNumber(startedFrom) : null;
  if (checked.ok) {
    if (basedOn !== null && !isVersion(basedOn))
      fault('basedOn', 'Phải là phiên bản bản nháp mới nhất đã xem, hoặc null nếu chưa có bản nháp nào.');
    if (!isVersion(formVersion)) fault('formVersion', 'Phiên bản biểu mẫu phải là số nguyên từ 1.');
    if (startedFrom !== null && receipt === null)
      fault(
        'startedFrom',
        'Phải là số phiếu tiếp nhận của báo cáo đã xem, hoặc null nếu chưa có báo cáo nào.',
      );
    for (const name of Object.keys(fields))
      if (!FIELDS.has(name)) fault(name, `Không có mục «${name.slice(0, 100)}».`);
  }
  if (!checked.ok || reasons.length > 0 || !isVersion(formVersion))
    throw new ProblemException('request.invalid', { errors: reasons });
  return {
    basedOn: isVersion(basedOn) ? basedOn : null,
    formVersion,
    startedFrom: receipt,
    entry: checked.entry,
  };
}

function isVersion(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 2 ** 31;
}
