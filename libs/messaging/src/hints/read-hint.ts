import type { MessageDefinition } from '@mach/contracts';
import { checkPayload } from '../envelope';

/** What a hint is called and what it says; unlike a message it has no queue and no version, for nothing keeps it. */
export type HintDefinition<P extends object> = Pick<MessageDefinition<P>, 'name' | 'payload'>;

/** A hint off the wire, or null when it is none: Redis publish/subscribe is open to whoever reaches Redis. */
export function readHint<P extends object>(definition: HintDefinition<P>, payload: unknown): P | null {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return null;
  const checked = checkPayload(definition, payload);
  return checked.ok ? checked.payload : null;
}
