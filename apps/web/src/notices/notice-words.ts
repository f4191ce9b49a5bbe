import type { NoticeView } from '@mach/contracts';
import type { Tone } from '../design/message-box';

type Delivery = NoticeView['deliveries'][number];

export const CHANNEL_WORDS: Readonly<Record<Delivery['channel'], string>> = { email: 'Thư', sms: 'Tin nhắn' };

export const DELIVERY_WORDS: Readonly<
  Record<
    Delivery['state'],
    {
      readonly words: string;
      readonly tone: Tone;
      /** What the provider said last is still of interest: not after it took the message. */
      readonly errorMatters: boolean;
    }
  >
> = {
  planned: { words: 'chờ gửi', tone: 'quiet', errorMatters: true },
  sending: { words: 'đang gửi', tone: 'quiet', errorMatters: true },
  sent: { words: 'đã gửi', tone: 'info', errorMatters: false },
  delivered: { words: 'đã tới', tone: 'good', errorMatters: false },
  unknown: { words: 'chưa rõ đã tới hay chưa', tone: 'info', errorMatters: true },
  failed: { words: 'không gửi được', tone: 'bad', errorMatters: true },
  cancelled: { words: 'đã thôi', tone: 'quiet', errorMatters: true },
};

/** Steps of the policies in use; a policy may name others, which are shown by their code. */
const STEP_WORDS: Readonly<Record<string, string>> = {
  due_soon: 'Sắp đến hạn',
  due_today: 'Đến hạn hôm nay',
  overdue: 'Quá hạn',
  escalate_parent: 'Báo cấp trên trực tiếp',
  escalate_city: 'Báo Văn phòng Thành ủy',
  returned: 'Báo trả lại, cần sửa',
  extension_answered: 'Trả lời đề nghị gia hạn',
};

export const KNOWN_STEPS: readonly string[] = Object.keys(STEP_WORDS);

export function stepWords(step: string): string {
  return STEP_WORDS[step] ?? step;
}
