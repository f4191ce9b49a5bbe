import type { OutboxMessage } from '@mach/persistence';
import { aMessage } from '../../support/a-message';
import { eventually } from '../../support/eventually';
import { type ConsumerProcess, Harness } from './harness';

const LOCK_MS = 200;
const NEVER = new Promise<never>(() => undefined);

jest.setTimeout(60_000);

/** Processes that die with jobs in work: no lock is renewed any more, nothing is said to Redis. */
describe('deaths of consumers', () => {
  let harness: Harness;

  beforeAll(async () => {
    harness = await Harness.open();
  });
  afterEach(() => harness.clear());
  afterAll(() => harness.close());

  const send = async (messages: readonly OutboxMessage[]): Promise<void> => {
    await harness.transactions.run((tx) => harness.outbox.add(tx, messages));
    await harness.publisher.publish(messages);
  };
  const die = async ({ transport }: ConsumerProcess): Promise<void> => {
    await Promise.all(transport.workers.map((worker) => worker.close(true)));
  };

  it('never give up a message that was unlucky, however often', async () => {
    const messages = [aMessage(), aMessage(), aMessage()];
    await send(messages);
    const alone = new Map<string, number>();
    let deaths = 0;
    const allDone = async (): Promise<boolean> => (await harness.effects()).length === messages.length;
    while (!(await allDone())) {
      const dying = await harness.consume({ lockMs: LOCK_MS });
      const inWork = new Set<string>();
      dying.behaviour.onReport = (_payload, { envelope, suspect }) => {
        const times = (alone.get(envelope.id) ?? 0) + (suspect ? 1 : 0);
        alone.set(envelope.id, times);
        // The machine is ended at whatever it does, four times at each message alone as well.
        if (times > 4) return harness.effect(envelope.id);
        inWork.add(envelope.id);
        return NEVER;
      };
      await eventually(async () => inWork.size === (deaths <= 3 ? messages.length : 1) || (await allDone()));
      await die(dying);
      deaths += 1;
    }
    const { behaviour } = await harness.consume({ lockMs: LOCK_MS });
    behaviour.onReport = (_payload, job) => harness.effect(job.envelope.id);
    await harness.drain();
    expect(deaths).toBeGreaterThan(12);
    expect(await harness.effects()).toEqual(messages.map((message) => message.id).sort());
    expect(await harness.setAside.list()).toEqual([]);
  });

  it('set aside the message that brings them about, and nothing that was beside it', async () => {
    const messages = Array.from({ length: 20 }, () => aMessage());
    const [poison] = messages as [OutboxMessage, ...OutboxMessage[]];
    await send(messages);
    const suspected: boolean[] = [];
    const innocentSuspects = new Set<string>();
    let running = 0;
    for (let alive = false; !alive;) {
      const process = await harness.consume({ lockMs: LOCK_MS });
      const life: { over: boolean } = { over: false };
      process.behaviour.onReport = async (_payload, job) => {
        if (life.over) return NEVER;
        if (job.envelope.id === poison.id) {
          suspected.push(job.suspect);
          if (job.suspect) expect(running).toBe(0);
          life.over = true;
          await die(process);
          return NEVER;
        }
        if (job.suspect) innocentSuspects.add(job.envelope.id);
        running += 1;
        // Busy until the process dies, or as long as work takes when it does not.
        const isOver = (): boolean => life.over;
        await eventually(() => isOver() || suspected.length > 3);
        running -= 1;
        return isOver() ? NEVER : harness.effect(job.envelope.id);
      };
      alive = await eventually(async () => {
        if (life.over) return 'dead';
        return (await harness.setAside.waiting()) === 1 && 'alive';
      }).then((how) => how === 'alive');
    }
    await harness.drain();
    const [entry, ...others] = await harness.setAside.list();
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ jobId: poison.id, envelope: { id: poison.id } });
    expect(suspected).toEqual([...Array<boolean>(4).fill(false), ...Array<boolean>(5).fill(true)]);
    expect(innocentSuspects.size).toBeGreaterThan(0);
    expect(await harness.effects()).toEqual(
      messages
        .filter((message) => message !== poison)
        .map((message) => message.id)
        .sort(),
    );
  });
});
