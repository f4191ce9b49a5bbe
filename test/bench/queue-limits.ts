import { randomUUID } from 'node:crypto';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventPattern } from '@nestjs/microservices';
import { Queue, Worker } from 'bullmq';
import { patternOf, reportReceivedV1 } from '@mach/contracts';
import { BullMqTransport, MessagePublisher } from '@mach/messaging';

/**
 * How many jobs a second travel from an `addBulk` to a handler that does nothing: bare BullMQ, and our
 * publisher and transport.
 */
const BATCH = 500;
const CONCURRENCY = 64;

let handled = 0;

@Controller()
class IdleHandler {
  @EventPattern(patternOf(reportReceivedV1))
  handle(): void {
    handled += 1;
  }
}

@Module({ controllers: [IdleHandler] })
class IdleModule {}

export async function bareBullMq(redisUrl: string, jobs: number): Promise<number> {
  const prefix = `bench-bare-${randomUUID().slice(0, 8)}`;
  const connection = { url: redisUrl, maxRetriesPerRequest: null };
  const queue = new Queue('intake', { connection, prefix });
  let done = 0;
  const started = performance.now();
  const worker = new Worker(
    'intake',
    () => {
      done += 1;
      return Promise.resolve();
    },
    { connection, prefix, concurrency: CONCURRENCY, removeOnComplete: { count: 0 } },
  );
  for (let from = 0; from < jobs; from += BATCH) {
    await queue.addBulk(
      Array.from({ length: Math.min(BATCH, jobs - from) }, () => ({
        name: 'report',
        data: { id: randomUUID(), payload: { submissionId: randomUUID() } },
        opts: { removeOnComplete: true },
      })),
    );
  }
  await reached(() => done >= jobs);
  const perSecond = (jobs * 1_000) / (performance.now() - started);
  await worker.close();
  await queue.obliterate({ force: true });
  await queue.close();
  return perSecond;
}

export async function machTransport(redisUrl: string, jobs: number): Promise<number> {
  const prefix = `bench-mach-${randomUUID().slice(0, 8)}`;
  handled = 0;
  const app = await NestFactory.createMicroservice(IdleModule, {
    strategy: new BullMqTransport({
      redisUrl,
      prefix,
      consumes: [reportReceivedV1],
      concurrency: { intake: CONCURRENCY },
      onSetAside: () => Promise.reject(new Error('nothing is set aside here')),
    }),
    logger: false,
  });
  const publisher = new MessagePublisher({ redisUrl, prefix });
  await reached(() => publisher.connected);
  const started = performance.now();
  await app.listen();
  for (let from = 0; from < jobs; from += BATCH) {
    await publisher.publish(
      Array.from({ length: Math.min(BATCH, jobs - from) }, () => ({
        id: randomUUID(),
        name: reportReceivedV1.name,
        version: reportReceivedV1.version,
        queue: reportReceivedV1.queue,
        payload: { submissionId: randomUUID() },
        occurredAt: Date.now(),
        correlationId: randomUUID(),
        causationId: null,
      })),
    );
  }
  await reached(() => handled >= jobs);
  const perSecond = (jobs * 1_000) / (performance.now() - started);
  await app.close();
  await publisher.close();
  return perSecond;
}

async function reached(holds: () => boolean): Promise<void> {
  const end = performance.now() + 60_000;
  while (!holds()) {
    if (performance.now() > end) throw new Error('the queue did not run dry within 60 s');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
