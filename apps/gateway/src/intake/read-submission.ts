import {
  checkPayloadShape,
  pointerTo,
  readReceiptNumber,
  type Reason,
  type ReportPayload,
} from '@mach/domain';

/** What a request to submit a report says, as far as its words alone can be checked. */
export interface Submission {
  readonly requirement: string;
  readonly period: string;
  readonly unit: string;
  readonly formVersion: number;
  /** Receipt number, in its one right spelling, of the report that the sender had seen last. */
  readonly basedOn: string | null;
  readonly payload: ReportPayload;
}

export type ReadSubmission =
  | { readonly ok: true; readonly submission: Submission }
  | { readonly ok: false; readonly reasons: readonly Reason[] };

const FIELDS: ReadonlySet<string> = new Set([
  'requirement',
  'period',
  'unit',
  'formVersion',
  'basedOn',
  'figures',
  'narratives',
  'nil',
  'explanations',
  'attachments',
]);
const CODE_AT_MOST = 100;

/** Checks a submission word by word, before anything is looked up, and tells every fault at once. */
export function readSubmission(body: unknown): ReadSubmission {
  const checked = checkPayloadShape(body);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return { ok: false, reasons: checked.ok ? [] : checked.reasons };
  }
  const fields = body as Readonly<Record<string, unknown>>;
  const { requirement, period, unit, formVersion } = fields;
  const reasons: Reason[] = [
    ...textFaults('requirement', requirement, 'Mã yêu cầu báo cáo'),
    ...textFaults('period', period, 'Kỳ báo cáo'),
    ...textFaults('unit', unit, 'Mã đơn vị'),
  ];
  if (!isVersion(formVersion)) {
    const missing = formVersion === undefined || formVersion === null;
    const message = `Phiên bản biểu mẫu ${missing ? 'còn thiếu' : 'phải là số nguyên từ 1'}.`;
    reasons.push({
      pointer: '/formVersion',
      code: missing ? 'request.missing' : 'request.wrongType',
      message,
    });
  }
  const basedOn = readBase(fields['basedOn']);
  if (!basedOn.ok) reasons.push(basedOn.reason);
  for (const name of Object.keys(fields)) {
    if (!FIELDS.has(name))
      reasons.push({
        pointer: pointerTo('', name),
        code: 'request.unknownField',
        message: `Không có mục «${name.slice(0, 100)}».`,
      });
  }
  if (!checked.ok) reasons.push(...checked.reasons);
  if (reasons.length > 0 || !checked.ok) return { ok: false, reasons };
  if (
    typeof requirement !== 'string' ||
    typeof period !== 'string' ||
    typeof unit !== 'string' ||
    !isVersion(formVersion) ||
    !basedOn.ok
  ) {
    throw new Error('a submission without faults has all its fields');
  }
  return {
    ok: true,
    submission: {
      requirement,
      period,
      unit,
      formVersion,
      basedOn: basedOn.receiptNumber,
      payload: checked.payload,
    },
  };
}

function textFaults(name: string, value: unknown, called: string): Reason[] {
  if (value === undefined || value === null)
    return [{ pointer: `/${name}`, code: 'request.missing', message: `${called} còn thiếu.` }];
  if (typeof value === 'string' && value.length > 0 && value.length <= CODE_AT_MOST) return [];
  const message = `${called} phải là chữ, từ 1 đến ${String(CODE_AT_MOST)} ký tự.`;
  return [{ pointer: `/${name}`, code: 'request.wrongType', message }];
}

type ReadBase =
  | { readonly ok: true; readonly receiptNumber: string | null }
  | { readonly ok: false; readonly reason: Reason };

/** `null` says: no report had been seen. To leave it out would say nothing, so that is refused. */
function readBase(value: unknown): ReadBase {
  if (value === null) return { ok: true, receiptNumber: null };
  const receiptNumber = typeof value === 'string' ? readReceiptNumber(value) : null;
  if (receiptNumber !== null) return { ok: true, receiptNumber };
  const missing = value === undefined;
  const message = missing
    ? 'Thiếu «basedOn»: số phiếu tiếp nhận của bản mới nhất đã xem, hoặc null nếu chưa có bản nào.'
    : 'Số phiếu tiếp nhận của bản đã xem không đúng; viết như PTN-2611-7KQ4-9MXD.';
  return {
    ok: false,
    reason: { pointer: '/basedOn', code: missing ? 'request.missing' : 'request.wrongType', message },
  };
}

function isVersion(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 2 ** 31;
}
