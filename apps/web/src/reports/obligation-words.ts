import type { ObligationState } from '@mach/domain';
import type { IconName } from '../design/icon';
import type { Tone } from '../design/message-box';

interface StateWords {
  readonly words: string;
  readonly tone: Tone;
  readonly icon: IconName;
  /** What may be done about the report: handed in, corrected, or only read. */
  readonly action: 'report' | 'mend' | 'correct' | 'read';
}

/**
 * How the state of an obligation is told: words first, then a sign and a colour. What still has to be done comes
 * first.
 */
export const STATE_WORDS: Readonly<Record<ObligationState, StateWords>> = {
  rejected: { words: 'Không hợp lệ, cần sửa', tone: 'bad', icon: 'alert', action: 'mend' },
  returned: { words: 'Bị trả lại, cần sửa và nộp lại', tone: 'bad', icon: 'alert', action: 'mend' },
  figures_returned: {
    words: 'Bị trả lại một số số liệu, cần sửa',
    tone: 'bad',
    icon: 'alert',
    action: 'mend',
  },
  overdue: { words: 'Quá hạn', tone: 'bad', icon: 'alert', action: 'report' },
  due_soon: { words: 'Sắp đến hạn', tone: 'warn', icon: 'clock', action: 'report' },
  open: { words: 'Đang mở', tone: 'info', icon: 'pen', action: 'report' },
  received: { words: 'Đã tiếp nhận, đang kiểm tra', tone: 'info', icon: 'inbox', action: 'correct' },
  upcoming: { words: 'Chưa mở', tone: 'quiet', icon: 'clock', action: 'read' },
  under_review: { words: 'Hợp lệ, chờ duyệt', tone: 'info', icon: 'check', action: 'correct' },
  accepted_late: { words: 'Hợp lệ, nộp muộn', tone: 'warn', icon: 'check', action: 'correct' },
  accepted_permitted: {
    words: 'Hợp lệ, nộp muộn có phép',
    tone: 'good',
    icon: 'check',
    action: 'correct',
  },
  accepted: { words: 'Hợp lệ, đúng hạn', tone: 'good', icon: 'check', action: 'correct' },
  approved: { words: 'Đã duyệt', tone: 'good', icon: 'check', action: 'correct' },
  exempt: { words: 'Được miễn', tone: 'quiet', icon: 'minus', action: 'read' },
  closed: { words: 'Đã đóng nhận', tone: 'quiet', icon: 'lock', action: 'read' },
};

const URGENCY = Object.keys(STATE_WORDS);

export function urgencyOf(state: ObligationState): number {
  return URGENCY.indexOf(state);
}

export function byUrgency(a: ObligationState, b: ObligationState): number {
  return urgencyOf(a) - urgencyOf(b);
}

/** Whether the deadline still matters to the person. */
export function awaitsReport(state: ObligationState): boolean {
  const { action } = STATE_WORDS[state];
  return action === 'report' || action === 'mend';
}

/** Whether a report, first or corrected, may be sent now. */
export function takesReports(state: ObligationState): boolean {
  return STATE_WORDS[state].action !== 'read';
}

const ACTION_WORDS: Readonly<Record<StateWords['action'], string>> = {
  report: 'Nhập báo cáo',
  mend: 'Sửa báo cáo',
  correct: 'Xem, đính chính',
  read: 'Xem',
};

/** What the way to the report is called. */
export function actionWords(state: ObligationState): string {
  return ACTION_WORDS[STATE_WORDS[state].action];
}
