import {
  type MessageDefinition,
  patternOf,
  reportReceivedV1,
  reportReceivedV2,
  rollupRequested,
} from '@mach/contracts';
import { readJob } from './envelope';

const UUID = '019a8f2e-7c3b-7123-8456-001234567890';
const sound = {
  id: UUID,
  name: 'report.received',
  version: 1,
  occurredAt: '2026-11-14T02:00:00.000Z',
  correlationId: UUID,
  causationId: null,
  payload: { submissionId: UUID },
};
const definitions = new Map<string, MessageDefinition<object>>([
  [patternOf(reportReceivedV1), reportReceivedV1],
  [patternOf(reportReceivedV2), reportReceivedV2],
  [patternOf(rollupRequested), rollupRequested],
]);
const reasonOf = (data: unknown, name = 'report.received.v1'): string => {
  const read = readJob(name, data, definitions);
  return read.ok ? 'accepted' : read.reason;
};

describe('readJob', () => {
  it('accepts what is as declared, without what it does not know', () => {
    const read = readJob(
      'report.received.v1',
      { ...sound, addedTomorrow: 1, payload: { submissionId: UUID, new: 1 } },
      definitions,
    );
    expect(read).toEqual({ ok: true, pattern: 'report.received.v1', envelope: sound });
    const { causationId, ...withoutCause } = sound;
    expect(causationId).toBeNull();
    expect(reasonOf(withoutCause)).toBe('accepted');
  });

  it.each([
    ['id', 'x'],
    ['id', null],
    ['name', ''],
    ['name', 'n'.repeat(101)],
    ['version', 1.5],
    ['version', 0],
    ['version', '1'],
    ['occurredAt', 'yesterday'],
    ['occurredAt', 1763700000000],
    ['correlationId', undefined],
    ['causationId', 'x'],
    ['payload', 'text'],
    ['payload', null],
  ])('names the faulty property of an envelope: %s = %j', (property, value) => {
    expect(reasonOf({ ...sound, [property]: value })).toMatch(
      new RegExp(`^the envelope is malformed: ${property} must`),
    );
  });

  it('takes a group of one to 128 reports', () => {
    const group = (size: number): string => {
      const submissionIds = Array.from({ length: size }, () => UUID);
      return reasonOf({ ...sound, version: 2, payload: { submissionIds } }, 'report.received.v2');
    };
    expect([group(1), group(128)]).toEqual(['accepted', 'accepted']);
    for (const size of [0, 129]) expect(group(size)).toContain('submissionIds');
  });

  it('names every faulty property at once', () => {
    expect(reasonOf({})).toBe(
      'the envelope is malformed: id must be a UUID, name must be a text of 1 to 100 characters, version must be a positive whole number, ' +
        'occurredAt must be a moment in ISO 8601, correlationId must be a UUID, payload must be an object',
    );
  });

  it('does not take one message for another', () => {
    expect(reasonOf(sound, 'rollup.requested.v1')).toBe(
      'the envelope says report.received.v1 but the job is called rollup.requested.v1',
    );
    expect(reasonOf(sound, 'report.received.v9')).toMatch(/no message is called/);
    expect(reasonOf({ ...sound, payload: { submissionId: 7 } })).toBe(
      'the payload is malformed: submissionId must be a UUID',
    );
  });

  it.each([[null], [undefined], ['text'], [[sound]], [7]])('finds no envelope in %j', (data) => {
    expect(reasonOf(data)).toBe('the job holds no envelope');
  });
});
