import { shortDeadline, spokenDeadline } from '@mach/domain';
import type { OwedItem } from '@mach/persistence';

/** «được gia hạn {about}, hạn mới …», or that it was not; never the reason: an SMS carries none. */
export function answerWords({ answered, deadline }: OwedItem, about: string): string | null {
  if (answered === null) return null;
  return answered.granted
    ? `được gia hạn ${about}, hạn mới ${shortDeadline(answered.until)}`
    : `không được gia hạn ${about}, hạn ${shortDeadline(deadline)}`;
}

/** The answer as a letter gives it. */
export function answerLines({ answered }: OwedItem): readonly string[] {
  if (answered === null) return [];
  return answered.granted
    ? [`Đề nghị gia hạn được đồng ý; hạn mới: ${spokenDeadline(answered.until)}`]
    : [`Đề nghị gia hạn không được đồng ý. Lý do: ${answered.reason}`];
}

/** How many of these tell of an answer, in words; null when none does. */
export function answersCounted(items: readonly OwedItem[]): string | null {
  const count = items.filter(({ answered }) => answered !== null).length;
  return count === 0 ? null : `${String(count)} đề nghị gia hạn được trả lời`;
}
