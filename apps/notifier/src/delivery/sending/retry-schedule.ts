import type { Instant } from '@mach/domain';

const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 15 * 60_000;
/** With the pauses below that is about a day. */
export const ATTEMPTS = 100;

/**
 * When a delivery that was not taken is tried again: after 5 s, 10 s, 20 s … at most 15 min, each pause
 * stretched by up to a fifth (`spread` from 0 to 1), so that a backlog does not come back all at once. `last`
 * when it was tried as often as is tried for its own sake.
 */
export function nextAttemptAt(
  attemptsMade: number,
  now: Instant,
  spread: number,
): { readonly at: Instant; readonly last: boolean } {
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attemptsMade - 1, 20));
  return { at: now + Math.round(pause * (1 + spread / 5)), last: attemptsMade >= ATTEMPTS };
}
