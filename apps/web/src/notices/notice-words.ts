import type { NoticeView } from '@mach/contracts';
import type { Tone } from '../design/message-box';

type Delivery = NoticeView['deliveries'][number];

export const CHANNEL_WORDS: Readonly<Record<Delivery['channel'], string>> = { email: 'Thư', sms: 'Tin nhắn' };

export const DELIVERY_WORDS: Readonly<
  Record<Delivery['state'], { readonly words: string; readonly tone: Tone }>
> = {
  planned: { words: 'chờ gửi', tone: 'quiet' },
  sending: { words: 'đang gửi', tone: 'quiet' },
  sent: { words: 'đã gửi', tone: 'info' },
  delivered: { words: 'đã tới', tone: 'good' },
  unknown: { words: 'chưa rõ đã tới hay chưa', tone: 'info' },
  failed: { words: 'không gửi được', tone: 'bad' },
  cancelled: { words: 'đã thôi', tone: 'quiet' },
};

/** Steps of the policies in use; a policy may name others, which are shown by their code. */
const STEP_WORDS: Readonly<Record<string, string>> = {
  due_soon: 'Sắp đến hạn',
  due_today: 'Đến hạn hôm nay',
  overdue: 'Quá hạn',
  escalate_parent: 'Báo cấp trên trực tiếp',
  escalate_city: 'Báo Văn phòng Thành ủy',
};

export const KNOWN_STEPS: readonly string[] = Object.keys(STEP_WORDS);

export function stepWords(step: string): string {
  return STEP_WORDS[step] ?? step;
}
