import type { ClassConstructor } from 'class-transformer';

/** Queues of Mạch. A queue has one consuming service. */
export const QUEUE_NAMES = ['intake', 'rollup', 'notice', 'delivery', 'imports'] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];

/**
 * A message that one process says to another: a fact in the past (`report.received`) or a request
 * (`rollup.requested`).
 * Additive change keeps the version; anything else is a new version beside the old one.
 */
export interface MessageDefinition<P extends object> {
  readonly name: string;
  readonly version: number;
  readonly queue: QueueName;
  readonly payload: ClassConstructor<P>;
}

/** What travels: ids and scalars only; consumers read the rows again. */
export interface Envelope<P extends object = object> {
  /** The outbox id; also the job's id. */
  readonly id: string;
  readonly name: string;
  readonly version: number;
  /** ISO 8601, UTC. */
  readonly occurredAt: string;
  /** The same along the whole way of the reports that travel together. */
  readonly correlationId: string;
  /** Id of the message that led to this one. */
  readonly causationId: string | null;
  readonly payload: P;
}

/** Declares a message. Its pattern in Nest (`@EventPattern`) is `patternOf(definition)`. */
export function defineMessage<P extends object>(definition: MessageDefinition<P>): MessageDefinition<P> {
  return Object.freeze(definition);
}

/**
 * The one string that names a message and its version, used as job name and Nest pattern:
 * `report.received.v1`.
 */
export function patternOf(message: { readonly name: string; readonly version: number }): string {
  return `${message.name}.v${String(message.version)}`;
}
