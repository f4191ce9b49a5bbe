import type { INestApplication } from '@nestjs/common';
import { connectConsumers } from '@mach/messaging';
import { SetAsideStore } from '@mach/persistence';
import { createApp, HealthServer, type MachConfig } from '@mach/runtime';
import { AggregatorModule, aggregatorConsumers } from './aggregator.module';

/** Starts the aggregator: every module first, so that all is in place when the first job arrives. */
export async function startAggregator(config: MachConfig): Promise<INestApplication> {
  const app = await createApp(AggregatorModule.forRoot(config));
  connectConsumers(app, aggregatorConsumers(config, app.get(SetAsideStore)));
  await app.init();
  await app.startAllMicroservices();
  await app.get(HealthServer).listen(config.healthPort, config.healthHost);
  return app;
}
