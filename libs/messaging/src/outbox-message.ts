import type { MessageDefinition } from '@mach/contracts';
import type { OutboxMessage } from '@mach/persistence';
import { checkPayload, type PlainPayload } from './envelope';

/** Where a message comes from: its id, when, and what led to it. */
export interface MessageOrigin {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly occurredAt: number;
  readonly correlationId: string;
  readonly causationId: string | null;
}

/**
 * A message ready for the outbox. Throws when the payload is not what its definition declares: that is a bug
 * of the sender.
 */
export function outboxMessage<P extends object>(
  definition: MessageDefinition<P>,
  payload: PlainPayload<P>,
  origin: MessageOrigin,
): OutboxMessage {
  const checked = checkPayload(definition, payload);
  if (!checked.ok)
    throw new Error(
      `${definition.name} v${String(definition.version)} was to be sent with a wrong payload: ${checked.reason}`,
    );
  const { name, version, queue } = definition;
  return { ...origin, name, version, queue, payload: checked.payload };
}
