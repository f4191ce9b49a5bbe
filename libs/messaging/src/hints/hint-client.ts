import type { OnApplicationShutdown } from '@nestjs/common';
import { ClientRedis } from '@nestjs/microservices';
import { hintAddress } from './hint-address';

const RETRY_EVERY_MS = 1_000;

interface Listening {
  on(event: string, listener: () => void): unknown;
}

/**
 * Nest's Redis transporter for hints, made sturdy: it takes no address but its parts, gives up for
 * ever unless told to retry, and, closed while it still connects, would end the process when the connection
 * then comes.
 */
export class HintClient extends ClientRedis implements OnApplicationShutdown {
  constructor(redisUrl: string) {
    super({
      ...hintAddress(redisUrl),
      retryAttempts: Number.POSITIVE_INFINITY,
      retryDelay: RETRY_EVERY_MS,
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }

  override registerReadyListener(client: Listening): void {
    super.registerReadyListener({
      on: (event: string, listener: () => void) =>
        client.on(event, () => {
          if (this.isOpen) listener();
        }),
    });
  }

  /** Closing takes both connections away. */
  private get isOpen(): boolean {
    const connection: unknown = this.subClient;
    return connection !== null && connection !== undefined;
  }
}
