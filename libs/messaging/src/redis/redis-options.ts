/**
 * Pause before the next attempt to connect, in ms; for ever, because Redis only carries and may be away for a
 * while.
 */
function retryPauseMs(attempt: number): number {
  return Math.min(attempt * 50, 1_000);
}

/** A connection that waits for Redis as long as it takes: what consumers use. */
export const PATIENT = { maxRetriesPerRequest: null, retryStrategy: retryPauseMs } as const;

/**
 * A connection whose commands fail at once while Redis is away: what publishers use, because the outbox
 * remembers and callers must not wait.
 */
export const HASTY = {
  maxRetriesPerRequest: null,
  retryStrategy: retryPauseMs,
  enableOfflineQueue: false,
  commandTimeout: 5_000,
} as const;
