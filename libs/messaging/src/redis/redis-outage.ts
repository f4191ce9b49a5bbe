import { Logger } from '@nestjs/common';

const NETWORK =
  /ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|Connection is closed|Socket closed|enableOfflineQueue|LOADING|Command timed out/i;

/** Whether Redis is away, as opposed to having refused one command. */
export function isRedisAway(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return NETWORK.test(code) || NETWORK.test(error instanceof Error ? error.message : String(error));
}

/**
 * Says once that Redis went away and once that it is back, however many connections and attempts there were.
 */
export class RedisOutage {
  private readonly logger = new Logger('Redis');
  private isAway = false;

  get away(): boolean {
    return this.isAway;
  }

  /** Listener for `error` events. What is not an outage is logged as it comes. */
  readonly onError = (error: unknown): void => {
    if (!isRedisAway(error)) {
      this.logger.error(error instanceof Error ? error.message : String(error));
      return;
    }
    if (this.isAway) return;
    this.isAway = true;
    this.logger.warn(
      `Redis is away; nothing is lost, work goes on when it is back (${error instanceof Error ? error.message : String(error)})`,
    );
  };

  /** Listener for `ready` events. */
  readonly onReady = (): void => {
    if (!this.isAway) return;
    this.isAway = false;
    this.logger.log('Redis is back');
  };
}
