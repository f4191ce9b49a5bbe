import type { ImportRowChoice } from '@mach/contracts';
import type { ImportState, RowVerdict, SubmissionState } from '@mach/domain';
import type { Tone } from '../design/message-box';

interface Words {
  readonly words: string;
  readonly tone: Tone;
}

export const STATE_WORDS: Readonly<Record<ImportState, Words>> = {
  reading: { words: 'Đang kiểm tra', tone: 'info' },
  refused: { words: 'Không nhận được tệp', tone: 'bad' },
  ready: { words: 'Đã kiểm tra, chưa nộp', tone: 'warn' },
  applying: { words: 'Đang nộp', tone: 'info' },
  applied: { words: 'Đã nộp', tone: 'good' },
  cancelled: { words: 'Đã hủy', tone: 'quiet' },
};

export const VERDICT_WORDS: Readonly<Record<RowVerdict, Words>> = {
  new: { words: 'Nộp mới', tone: 'good' },
  correction: { words: 'Nộp lại', tone: 'warn' },
  same: { words: 'Không thay đổi', tone: 'quiet' },
  refused: { words: 'Không nhận', tone: 'bad' },
};

export const OUTCOME_WORDS: Readonly<Record<SubmissionState, Words>> = {
  received: { words: 'Đã tiếp nhận', tone: 'info' },
  accepted: { words: 'Đã ghi nhận', tone: 'good' },
  superseded: { words: 'Có bản mới hơn', tone: 'quiet' },
  rejected: { words: 'Không được ghi nhận', tone: 'bad' },
  returned: { words: 'Cấp trên đã trả lại', tone: 'bad' },
};

export const CHOICE_WORDS: Readonly<Record<ImportRowChoice, string>> = {
  troubled: 'Dòng cần xem',
  all: 'Mọi dòng',
  new: 'Nộp mới',
  correction: 'Nộp lại',
  same: 'Không thay đổi',
  refused: 'Không nhận',
};
