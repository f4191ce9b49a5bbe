import { plainToInstance } from 'class-transformer';
import {
  isInt,
  isISO8601,
  isObject,
  isPositive,
  isUUID,
  length,
  type ValidationError,
  validateSync,
} from 'class-validator';
import { type Envelope, type MessageDefinition, patternOf } from '@mach/contracts';
import type { OutboxMessage } from '@mach/persistence';

/**
 * What an envelope must be, property by property. Called one by one and not through a decorated class,
 * because every report passes here: that costs a quarter. The payload has a class of its own.
 */
const ENVELOPE_CHECKS: readonly (readonly [
  property: keyof Envelope,
  holds: (value: unknown) => boolean,
  demand: string,
])[] = [
  ['id', isUUID, 'must be a UUID'],
  ['name', isText, 'must be a text of 1 to 100 characters'],
  ['version', (value) => isInt(value) && isPositive(value), 'must be a positive whole number'],
  ['occurredAt', isISO8601, 'must be a moment in ISO 8601'],
  ['correlationId', isUUID, 'must be a UUID'],
  [
    'causationId',
    (value) => value === null || value === undefined || isUUID(value),
    'must be a UUID or null',
  ],
  ['payload', isObject, 'must be an object'],
];

export type ReadJob =
  | { readonly ok: true; readonly pattern: string; readonly envelope: Envelope }
  | { readonly ok: false; readonly reason: string; readonly message: string };

/**
 * Reads a job's data as one of the messages `definitions` (by pattern) names. Unknown properties are dropped,
 * so that an additive change of a payload does not break a consumer of yesterday. Everything else that is not
 * as declared is a reason to set the job aside.
 */
export function readJob(
  jobName: string,
  data: unknown,
  definitions: ReadonlyMap<string, MessageDefinition<object>>,
): ReadJob {
  const definition = definitions.get(jobName);
  if (definition === undefined)
    return {
      ok: false,
      reason: `no message is called ${JSON.stringify(jobName)} on this queue`,
      message: 'unknown',
    };
  const refuse = (reason: string): ReadJob => ({ ok: false, reason, message: jobName });
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    return refuse('the job holds no envelope');
  const envelopeFaults = ENVELOPE_CHECKS.filter(([property, holds]) => !holds(Reflect.get(data, property)));
  if (envelopeFaults.length > 0) {
    return refuse(
      `the envelope is malformed: ${envelopeFaults.map(([property, , demand]) => `${property} ${demand}`).join(', ')}`,
    );
  }
  const shape = data as Envelope;
  if (patternOf(shape) !== jobName)
    return refuse(`the envelope says ${patternOf(shape)} but the job is called ${jobName}`);
  const checked = checkPayload(definition, shape.payload);
  if (!checked.ok) return refuse(`the payload is malformed: ${checked.reason}`);
  const { id, name, version, occurredAt, correlationId } = shape;
  return {
    ok: true,
    pattern: jobName,
    envelope: {
      id,
      name,
      version,
      occurredAt,
      correlationId,
      causationId: shape.causationId ?? null,
      payload: checked.payload,
    },
  };
}

/** A payload as a sender writes it: a literal with the properties of the payload's class. */
export type PlainPayload<P> = { readonly [K in keyof NoInfer<P>]: P[K] };

export type CheckedPayload<P> =
  { readonly ok: true; readonly payload: P } | { readonly ok: false; readonly reason: string };

/** A payload as an instance of its class, with unknown properties dropped. */
export function checkPayload<P extends object>(
  definition: Pick<MessageDefinition<P>, 'payload'>,
  plain: object,
): CheckedPayload<P> {
  const payload = plainToInstance(definition.payload, plain);
  const faults = validateSync(payload, { whitelist: true, forbidUnknownValues: true });
  return faults.length === 0 ? { ok: true, payload } : { ok: false, reason: sentenceOf(faults) };
}

/** What travels in a job for a row of the outbox. */
export function envelopeOf(message: OutboxMessage): Envelope {
  const { id, name, version, correlationId, causationId, payload } = message;
  return {
    id,
    name,
    version,
    occurredAt: new Date(message.occurredAt).toISOString(),
    correlationId,
    causationId,
    payload,
  };
}

function sentenceOf(faults: readonly ValidationError[]): string {
  return faults
    .flatMap((fault) => Object.values(fault.constraints ?? { nested: `${fault.property} is malformed` }))
    .join(', ');
}

function isText(value: unknown): boolean {
  return length(value, 1, 100);
}
