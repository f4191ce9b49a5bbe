import { type DynamicModule, Module } from '@nestjs/common';
import { MessagingModule } from '@mach/messaging';
import { PersistenceModule } from '@mach/persistence';
import { Clock, type MachConfig, ReadyChecks, RuntimeModule } from '@mach/runtime';
import { DeadlinesModule } from './deadlines/deadlines.module';
import { DeliveryModule } from './delivery/delivery.module';

/** The notifier: watches deadlines, writes to people, learns what became of each message. */
@Module({})
export class NotifierModule {
  static forRoot(config: MachConfig): DynamicModule {
    return {
      module: NotifierModule,
      imports: [
        RuntimeModule.forRoot(config, 'notifier'),
        PersistenceModule.forRoot({
          url: config.databaseUrl,
          poolSize: config.databasePoolSize,
          contactKey: config.contactKey,
          applicationName: 'mach-notifier',
        }),
        MessagingModule.forRoot({
          redisUrl: config.redisUrl,
          prefix: config.queuePrefix,
          relay: true,
          clock: Clock,
          readiness: ReadyChecks,
        }),
        DeadlinesModule,
        DeliveryModule,
      ],
    };
  }
}
