import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as contracts from '@mach/contracts';
import { type MessageDefinition, patternOf } from '@mach/contracts';
import { readJob } from '@mach/messaging';
import { AGGREGATOR_CONSUMES } from '../../../apps/aggregator/src/aggregator.module';
import { NOTIFIER_CONSUMES } from '../../../apps/notifier/src/start';

const FOLDER = join(__dirname, 'envelopes');

/**
 * One envelope of every message in every version that was ever sent, as it lay in Redis or in the outbox. They
 * are kept as they are: a consumer of today reads what a process of yesterday left. A new message or version
 * brings its file; an old file goes only when nothing of its kind can be left anywhere.
 */
describe('envelopes of every message and version', () => {
  const files = readdirSync(FOLDER);
  const consumed = new Map(
    [...AGGREGATOR_CONSUMES, ...NOTIFIER_CONSUMES].map((message) => [patternOf(message), message]),
  );

  it('are there for every message that is declared, and for no other', () => {
    const declared = Object.values<unknown>(contracts).filter(isMessage).map(patternOf);
    expect(files.sort()).toEqual(declared.map((pattern) => `${pattern}.json`).sort());
  });

  it.each(files)('%s is read by a consumer of today, whole', (file) => {
    const envelope = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as object;
    expect(readJob(file.replace(/\.json$/, ''), envelope, consumed)).toEqual({
      ok: true,
      pattern: file.replace(/\.json$/, ''),
      envelope: expect.objectContaining(envelope) as unknown,
    });
  });
});

/** Hints have no queue: nothing of them is left when a process ends. */
function isMessage(value: unknown): value is MessageDefinition<object> {
  return typeof value === 'object' && value !== null && 'queue' in value && 'payload' in value;
}
