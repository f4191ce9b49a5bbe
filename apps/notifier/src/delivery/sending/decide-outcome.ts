import type { Instant } from '@mach/domain';
import type { Outcome } from '../providers/outcome';
import { nextAttemptAt } from './retry-schedule';

/**
 * How long an `unknown` message waits for a late answer or a receipt before it is sent once more. After the
 * second attempt without an answer it is never sent again.
 */
export const RESEND_AFTER_MS = 15 * 60_000;

/** What is written down about an attempt. */
export type Verdict =
  | { readonly kind: 'taken'; readonly reference: string }
  | { readonly kind: 'failed'; readonly reason: string; readonly exhausted: boolean }
  | { readonly kind: 'putBack'; readonly until: Instant; readonly reason: string }
  | { readonly kind: 'unknown'; readonly resendAt: Instant; readonly reason: string };

/**
 * What follows from an outcome for the delivery. A refusal of this address or this text that will not change
 * fails it at once, one that may change after as many attempts as are made; what is the provider's fault or
 * ours never fails it. `attempts` counts the one just made; `spread` (0 to 1) parts what would come back together.
 */
export function verdictOf(outcome: Outcome, attempts: number, now: Instant, spread: number): Verdict {
  if (outcome.kind === 'taken') return outcome;
  const { reason } = outcome;
  if (outcome.kind === 'unknown') return { kind: 'unknown', resendAt: now + RESEND_AFTER_MS, reason };
  const { about, lasting } = outcome.refusal;
  const { at, last } = nextAttemptAt(attempts, now, spread);
  switch (about) {
    case 'address':
    case 'message':
      return lasting || last
        ? { kind: 'failed', reason, exhausted: !lasting }
        : { kind: 'putBack', until: at, reason };
    case 'provider':
      return { kind: 'putBack', until: at, reason };
    case 'configuration':
      // The channel as a whole waits; no message is further away from its turn for it.
      return { kind: 'putBack', until: now, reason };
  }
}
