import { randomUUID } from 'node:crypto';
import { reportReceivedV1 } from '@mach/contracts';
import type { OutboxMessage } from '@mach/persistence';
import { builder } from './builder';

/** A well-formed `report.received` for the outbox. */
export const aMessage = builder<OutboxMessage>(() => ({
  id: randomUUID(),
  name: reportReceivedV1.name,
  version: reportReceivedV1.version,
  queue: reportReceivedV1.queue,
  payload: { submissionId: randomUUID() },
  occurredAt: Date.parse('2026-11-14T09:00:00+07:00'),
  correlationId: randomUUID(),
  causationId: null,
}));
