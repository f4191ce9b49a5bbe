import type { INestApplication } from '@nestjs/common';
import { deliveryRequested, extensionAnswered, reportReturned } from '@mach/contracts';
import { connectConsumers, MessagePublisher } from '@mach/messaging';
import { DatabasePing, SetAsideStore } from '@mach/persistence';
import { createApp, HealthServer, type MachConfig, ReadyChecks } from '@mach/runtime';
import { DELIVERY_JOBS_AT_ONCE } from './delivery/sending/channel-gates';
import { NotifierModule } from './notifier.module';

/** Every message the notifier takes. */
export const NOTIFIER_CONSUMES = [deliveryRequested, extensionAnswered, reportReturned];

/** Starts the notifier. Mail and SMS providers are no part of its readiness: what they do not take waits. */
export async function startNotifier(config: MachConfig): Promise<INestApplication> {
  const app = await createApp(NotifierModule.forRoot(config));
  const database = app.get(DatabasePing);
  const publisher = app.get(MessagePublisher);
  const setAside = app.get(SetAsideStore);
  app.get(ReadyChecks).add('postgresql', () => database.ping());
  app.get(ReadyChecks).add('redis', () => publisher.ping());
  connectConsumers(app, {
    redisUrl: config.redisUrl,
    prefix: config.queuePrefix,
    consumes: NOTIFIER_CONSUMES,
    concurrency: { delivery: DELIVERY_JOBS_AT_ONCE },
    onSetAside: (entry) => setAside.setAside(entry),
  });
  await app.init();
  await app.startAllMicroservices();
  await app.get(HealthServer).listen(config.healthPort, config.healthHost);
  return app;
}
