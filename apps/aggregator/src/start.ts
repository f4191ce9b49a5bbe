import type { INestApplication } from '@nestjs/common';
import { connectConsumers } from '@mach/messaging';
import { SetAsideStore } from '@mach/persistence';
import { createApp, type MachConfig } from '@mach/runtime';
import { AggregatorModule, aggregatorConsumers } from './aggregator.module';

/**
 * Starts the aggregator: health and metrics first, then its consumers, so that everything is in place when
 * the first job arrives.
 */
export async function startAggregator(config: MachConfig): Promise<INestApplication> {
  const app = await createApp(AggregatorModule.forRoot(config));
  connectConsumers(app, aggregatorConsumers(config, app.get(SetAsideStore)));
  await app.listen(config.healthPort, config.httpHost);
  await app.startAllMicroservices();
  return app;
}
