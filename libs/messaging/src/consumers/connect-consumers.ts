import type { INestApplication } from '@nestjs/common';
import { type MicroserviceOptions, NestMicroservice } from '@nestjs/microservices';
import { BullMqTransport, type TransportOptions } from './bullmq-transport';
import { PropagateErrorsFilter } from './propagate-errors.filter';

/**
 * Connects a hybrid application to its queues; `app.startAllMicroservices()` then starts the consumers, and
 * should come after `app.init()` or `app.listen()` so that every `onModuleInit` is over when the first job
 * arrives. Errors of consumers reach the transport unchanged.
 */
export function connectConsumers(app: INestApplication, options: TransportOptions): BullMqTransport {
  const transport = new BullMqTransport(options);
  const microservice = app.connectMicroservice<MicroserviceOptions>(
    { strategy: transport },
    { deferInitialization: true },
  );
  microservice.useGlobalFilters(new PropagateErrorsFilter());
  // The application calls the hooks itself; a deferred microservice would call them a second time.
  if (microservice instanceof NestMicroservice) microservice.setIsInitHookCalled(true);
  return transport;
}
