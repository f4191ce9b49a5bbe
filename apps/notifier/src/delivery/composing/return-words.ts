import type { OwedItem, ReturnedItem } from '@mach/persistence';

/** How much is to be corrected; never which figures: an SMS carries none. */
export function correctionWords({ figures }: ReturnedItem): string {
  return figures === null ? 'cần xem lại toàn bộ' : `cần sửa ${String(figures.length)} số liệu`;
}

/** Whether something is still to be handed in: of what was not, the digest only tells an answer. */
export function isOwed({ standing }: Pick<OwedItem, 'standing'>): boolean {
  return standing === 'owed';
}

/** What reports lack, of which some may have come and been given back. */
export function lackWords(items: readonly Pick<OwedItem, 'returned'>[]): string {
  return items.some(({ returned }) => returned !== null) ? 'chưa nộp hoặc chưa sửa' : 'chưa nộp';
}
