import type { ObligationState } from '@mach/domain';
import type { IconName } from '../design/icon';
import type { Tone } from '../design/message-box';

interface StateWords {
  readonly words: string;
  readonly tone: Tone;
  readonly icon: IconName;
}

/** How the state of an obligation is told: words first, then a sign and a colour. */
export const STATE_WORDS: Readonly<Record<ObligationState, StateWords>> = {
  upcoming: { words: 'Chưa mở', tone: 'quiet', icon: 'clock' },
  open: { words: 'Đang mở', tone: 'info', icon: 'pen' },
  due_soon: { words: 'Sắp đến hạn', tone: 'warn', icon: 'clock' },
  overdue: { words: 'Quá hạn', tone: 'bad', icon: 'alert' },
  received: { words: 'Đã tiếp nhận, đang kiểm tra', tone: 'info', icon: 'inbox' },
  rejected: { words: 'Không hợp lệ, cần sửa', tone: 'bad', icon: 'alert' },
  accepted: { words: 'Hợp lệ, đúng hạn', tone: 'good', icon: 'check' },
  accepted_late: { words: 'Hợp lệ, nộp muộn', tone: 'warn', icon: 'check' },
  exempt: { words: 'Được miễn', tone: 'quiet', icon: 'minus' },
  closed: { words: 'Đã đóng nhận', tone: 'quiet', icon: 'lock' },
};

/** What still has to be done comes first. */
const URGENCY: readonly ObligationState[] = [
  'rejected',
  'overdue',
  'due_soon',
  'open',
  'received',
  'upcoming',
  'accepted_late',
  'accepted',
  'exempt',
  'closed',
];

export function byUrgency(a: ObligationState, b: ObligationState): number {
  return URGENCY.indexOf(a) - URGENCY.indexOf(b);
}

/** Whether the deadline still matters to the person. */
export function awaitsReport(state: ObligationState): boolean {
  return state === 'rejected' || state === 'overdue' || state === 'due_soon' || state === 'open';
}

/** Whether a report, first or corrected, may be sent now. */
export function takesReports(state: ObligationState): boolean {
  return awaitsReport(state) || state === 'received' || state === 'accepted' || state === 'accepted_late';
}
