import { type DynamicModule, Injectable, type InjectionToken, Module } from '@nestjs/common';
import { OutboxStore } from '@mach/persistence';
import { AppSweep, READINESS } from './app-sweep';
import { ClockFollower, FOLLOWED_CLOCK } from './clock-follower';
import { MessagePublisher, type PublisherOptions } from './message-publisher';
import { OutboxRelay } from './outbox-relay';

export interface MessagingOptions extends PublisherOptions {
  /** Whether this process runs the relay behind all publishers. One service is enough; two do no harm. */
  readonly relay: boolean;
  /** Token of the process's clock: where it can be moved, it follows the other processes'. */
  readonly clock: InjectionToken;
  /** Token of the process's readiness, which a sweep that hangs takes away. */
  readonly readiness: InjectionToken;
}

const RELAY_EVERY_MS = 500;

/** Runs the relay from start to stop of the application. */
@Injectable()
class RelaySweep extends AppSweep {
  constructor(private readonly relay: OutboxRelay) {
    super('outbox relay', RELAY_EVERY_MS);
  }

  override runOnce(): Promise<number> {
    return this.relay.runOnce();
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
        { provide: FOLLOWED_CLOCK, useExisting: options.clock },
        { provide: READINESS, useExisting: options.readiness },
        ClockFollower,
        ...(options.relay ? [RelaySweep] : []),
      ],
      exports: [ClockFollower, MessagePublisher, OutboxRelay, READINESS],
    };
  }
}
