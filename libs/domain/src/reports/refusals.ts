import type { Reason } from '../forms/form';
import { localDateOf, localTimeOf, type Instant } from '../time';
import { admission, type ObligationWindow } from './obligation-state';

/*
 * Refusals of a whole report. The door and the decision judge by the same rules at different times, so they say the
 * same words.
 */

/** Code of a refusal: another report was accepted that the sender had not seen. */
export const BASE_CHANGED = 'report.baseChanged';

interface Refusal<Code extends string> extends Reason {
  readonly code: Code;
}

/** Why a report received at this moment is not let in by its obligation; null when it is. */
export function refuseByWindow(
  obligation: ObligationWindow,
  receivedAt: Instant,
): Refusal<'report.exempt' | 'report.notYetOpen' | 'report.closed'> | null {
  switch (admission(obligation, receivedAt)) {
    case 'open':
      return null;
    case 'exempt':
      return {
        pointer: '/unit',
        code: 'report.exempt',
        message: 'Đơn vị được miễn báo cáo kỳ này, không cần gửi báo cáo.',
      };
    case 'notYetOpen':
      return {
        pointer: '/period',
        code: 'report.notYetOpen',
        message: `Kỳ báo cáo chưa mở. Đề nghị gửi lại từ ${spokenInstant(obligation.opensAt)}.`,
      };
    case 'closed':
      return {
        pointer: '/period',
        code: 'report.closed',
        message: `Kỳ báo cáo đã đóng lúc ${spokenInstant(obligation.closesAt)}, không nhận thêm báo cáo. Nếu cần bổ sung, đề nghị liên hệ cấp trên trực tiếp.`,
      };
  }
}

/** The report was drawn up on another version of the form than its requirement asks for. */
export function refuseOtherForm(): Refusal<'form.versionUnknown'> {
  return {
    pointer: '/formVersion',
    code: 'form.versionUnknown',
    message:
      'Báo cáo lập theo phiên bản biểu mẫu khác với phiên bản của kỳ này. Đề nghị mở lại biểu mẫu hiện hành và nhập lại.',
  };
}

/** The report would replace version `lastVersion`, which its sender had not seen. */
export function refuseUnseen(lastVersion: number): Refusal<typeof BASE_CHANGED> {
  return {
    pointer: '/basedOn',
    code: BASE_CHANGED,
    message: `Trong lúc báo cáo này được lập, bản khác của đơn vị đã được ghi nhận (phiên bản ${String(lastVersion)}). Đề nghị xem bản đó rồi chọn giữ bản nào.`,
  };
}

/** `17:00 ngày 17/11/2026` */
export function spokenInstant(instant: Instant): string {
  const [year = '', month = '', day = ''] = localDateOf(instant).split('-');
  return `${localTimeOf(instant)} ngày ${day}/${month}/${year}`;
}
