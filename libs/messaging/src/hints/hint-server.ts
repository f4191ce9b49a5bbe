import { ServerRedis } from '@nestjs/microservices';
import { hintAddress } from './hint-address';

const RETRY_EVERY_MS = 500;

/** What is used of ioredis here; Nest hands its clients over untyped. */
interface RedisClient {
  connect(): Promise<void>;
  disconnect(): void;
  subscribe(channel: string): Promise<unknown>;
  on(event: 'error', listener: (error: Error) => void): void;
  on(event: 'message', listener: (channel: string, text: string) => void): void;
}

/**
 * Nest's Redis transporter, made patient: it starts when Redis is away and subscribes when it comes, comes
 * back after every break, says so once instead of at every attempt, and lets go at once when the gateway
 * stops. Only hints travel over it; the intake does not need it.
 */
export class HintServer extends ServerRedis {
  private away = false;

  constructor(redisUrl: string) {
    super({
      ...hintAddress(redisUrl),
      // The subscription waits for Redis as long as it takes.
      maxRetriesPerRequest: null,
    });
  }

  override start(callback?: () => void): void {
    const [subscriber, publisher] = this.clients();
    for (const client of this.clients()) client.connect().catch(() => undefined);
    if (subscriber !== undefined && publisher !== undefined) this.bindEvents(subscriber, publisher);
    callback?.();
  }

  /** As Nest's, but a subscription that never came about when the gateway stops is no error. */
  override bindEvents(subscriber: RedisClient, publisher: RedisClient): void {
    const handle = this.getMessageHandler(publisher);
    subscriber.on('message', (channel, text) => {
      // Without wildcards Nest reads the text in the second place.
      void handle(channel, text, text);
    });
    for (const pattern of this.messageHandlers.keys()) subscriber.subscribe(pattern).catch(() => undefined);
  }

  override createRetryStrategy(): number | undefined {
    return this.isManuallyClosed ? undefined : RETRY_EVERY_MS;
  }

  override registerErrorListener(client: RedisClient): void {
    client.on('error', (error) => {
      if (!this.away) this.logger.warn(`live hints pause, Redis is away (${error.message})`);
      this.away = true;
    });
  }

  override registerReadyListener(client: { on: (event: string, listener: () => void) => void }): void {
    client.on('ready', () => {
      if (this.away) this.logger.log('live hints go on');
      this.away = false;
    });
  }

  override registerReconnectListener(): void {
    // Attempts are not told one by one.
  }

  override close(): Promise<void> {
    this.isManuallyClosed = true;
    for (const client of this.clients()) client.disconnect();
    return Promise.resolve();
  }

  private clients(): readonly RedisClient[] {
    return [this.subClient, this.pubClient].filter(
      (client: unknown): client is RedisClient => client !== undefined && client !== null,
    );
  }
}
