import type { Reason } from '../forms/form';
import type { Instant } from '../time';
import { spokenInstant } from './refusals';
import type { Act } from './report-act';

/*
 * Why an act on a report may not be done, in the words its actor reads.
 */

/** Code of a refusal: the account has no such part in this report. */
export const NOT_YOURS = 'act.notYours';

export function notYours(kind: Act['kind']): Reason {
  const message =
    kind === 'ask_extension'
      ? 'Chỉ chính đơn vị phải nộp báo cáo mới đề nghị gia hạn được.'
      : 'Việc này thuộc cấp trên được giao duyệt báo cáo của đơn vị; đơn vị không tự duyệt, tự gia hạn cho mình.';
  return { pointer: '', code: NOT_YOURS, message };
}

export function nothingToDecide(): Reason {
  return reason('report.nothingToDecide', 'Không còn lần nộp nào chờ kiểm tra.');
}

export function exempted(): Reason {
  return reason('report.exempt', 'Đơn vị đang được miễn báo cáo kỳ này.');
}

export function needsNoApproval(): Reason {
  return reason(
    'review.notAsked',
    'Yêu cầu báo cáo này không cần duyệt: báo cáo hợp lệ được tổng hợp ngay và không bị trả lại.',
  );
}

export function nothingToReview(): Reason {
  return reason('review.nothing', 'Đơn vị chưa có báo cáo hợp lệ để duyệt hoặc trả lại.');
}

export function returnedAlready(): Reason {
  return reason('review.returned', 'Báo cáo đã được trả lại, đang chờ đơn vị sửa và nộp lại.');
}

export function waitsForCorrection(): Reason {
  return reason(
    'review.waitsForCorrection',
    'Một số số liệu đã được trả lại, đang chờ đơn vị sửa; chưa duyệt được.',
  );
}

export function approvedAlready(): Reason {
  return reason('review.approved', 'Phiên bản này đã được duyệt.');
}

export function versionChanged(seen: number, present: number): Reason {
  return {
    pointer: '/version',
    code: 'review.versionChanged',
    message: `Đồng chí đang xem phiên bản ${String(seen)}, nhưng đơn vị đã có phiên bản ${String(present)} được ghi nhận. Đề nghị xem phiên bản mới rồi quyết định.`,
  };
}

export function noFigure(): Reason {
  return {
    pointer: '/figures',
    code: 'review.noFigure',
    message: 'Cần chọn ít nhất một số liệu để trả lại.',
  };
}

export function reportedAlready(): Reason {
  return reason('report.reported', 'Đơn vị đã có báo cáo hợp lệ kỳ này nên không cần gia hạn hoặc miễn nữa.');
}

export function extensionNotAsked(): Reason {
  return reason(
    'extension.notAsked',
    'Không có đề nghị gia hạn nào đang chờ; có thể đã được giải quyết trước đó.',
  );
}

export function extensionWaits(): Reason {
  return reason('extension.waits', 'Đơn vị đã có một đề nghị gia hạn đang chờ cấp trên giải quyết.');
}

export function extensionNotLater(due: Instant): Reason {
  return {
    pointer: '/until',
    code: 'extension.notLater',
    message: `Hạn mới phải sau hạn hiện tại (${spokenInstant(due)}) và sau thời điểm này.`,
  };
}

export function notExempt(): Reason {
  return reason('exemption.none', 'Đơn vị không được miễn báo cáo kỳ này nên không có gì để bỏ.');
}

export function notLocked(closesAt: Instant): Reason {
  return reason(
    'unlock.notLocked',
    `Kỳ báo cáo của đơn vị chưa khóa: còn nhận báo cáo đến ${spokenInstant(closesAt)}.`,
  );
}

export function past(pointer: string): Reason {
  return { pointer, code: 'act.past', message: 'Thời hạn phải sau thời điểm này.' };
}

export function tooFar(pointer: string): Reason {
  return { pointer, code: 'act.tooFar', message: 'Thời hạn không được quá 120 ngày kể từ hôm nay.' };
}

function reason(code: string, message: string): Reason {
  return { pointer: '', code, message };
}
