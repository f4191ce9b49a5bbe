import { pastQuietHours, type Instant } from '@mach/domain';
import type { OwedItem } from '@mach/persistence';

export type DeliveryDecision =
  | { readonly kind: 'send'; readonly items: readonly OwedItem[] }
  /** Everything was met since the message was planned, or is being decided. */
  | { readonly kind: 'cancel' }
  /** Nobody is written to before `until`. */
  | { readonly kind: 'postpone'; readonly until: Instant };

/**
 * What to do with a planned message now that its obligations were read again: nobody is reminded of what is
 * submitted, nobody is woken at night. Who asked for more time is answered in any case.
 */
export function decideDelivery(items: readonly OwedItem[], now: Instant): DeliveryDecision {
  const told = items.filter(({ standing, answered }) => standing === 'owed' || answered !== null);
  if (told.length === 0) return { kind: 'cancel' };
  const until = Math.max(...told.map((item) => pastQuietHours(item.quietHours, now)));
  return until > now ? { kind: 'postpone', until } : { kind: 'send', items: told };
}
