import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  Injectable,
  Module,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { OutboxStore } from '@mach/persistence';
import { MessagePublisher, type PublisherOptions } from './message-publisher';
import { OutboxRelay } from './outbox-relay';
import { Sweep } from './sweep';

export interface MessagingOptions extends PublisherOptions {
  /** Whether this process runs the relay behind all publishers. One service is enough; two do no harm. */
  readonly relay: boolean;
}

const RELAY_EVERY_MS = 500;

/** Runs the relay from start to stop of the application. */
@Injectable()
class RelaySweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly sweep: Sweep;

  constructor(relay: OutboxRelay) {
    this.sweep = new Sweep('outbox relay', RELAY_EVERY_MS, async () => {
      await relay.runOnce();
    });
  }

  onApplicationBootstrap(): void {
    this.sweep.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.sweep.stop();
  }
}

/**
 * Sending messages. Consuming them is `connectConsumers`. Needs `PersistenceModule` in the same application.
 */
@Module({})
export class MessagingModule {
  static forRoot(options: MessagingOptions): DynamicModule {
    return {
      module: MessagingModule,
      global: true,
      providers: [
        { provide: MessagePublisher, useFactory: () => new MessagePublisher(options) },
        {
          provide: OutboxRelay,
          useFactory: (outbox: OutboxStore, publisher: MessagePublisher) =>
            new OutboxRelay(outbox, publisher),
          inject: [OutboxStore, MessagePublisher],
        },
        ...(options.relay ? [RelaySweep] : []),
      ],
      exports: [MessagePublisher, OutboxRelay],
    };
  }
}
