import { randomUUID } from 'node:crypto';
import { rollupRequested } from '@mach/contracts';
import { eventually } from '../../support/eventually';
import { Harness } from './harness';

describe('a wake-up', () => {
  let harness: Harness;

  beforeAll(async () => {
    harness = await Harness.open();
  });
  afterEach(() => harness.clear());
  afterAll(() => harness.close());

  const wake = (key: string, periodId = 1): Promise<void> =>
    harness.publisher.wake(rollupRequested, { requirementId: randomUUID(), periodId }, key);

  it('is one while it waits, however often it is asked for', async () => {
    for (let request = 0; request < 50; request += 1) await wake('one');
    expect(await harness.publisher.held('rollup')).toBe(1);
    await wake('two');
    expect(await harness.publisher.held('rollup')).toBe(2);
  });

  it('is not lost while one runs: the requests of that time make exactly one more run', async () => {
    const { behaviour } = await harness.consume({ concurrency: { rollup: 4 } });
    let runs = 0;
    let together = 0;
    let most = 0;
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const seen: number[] = [];
    behaviour.onRollup = async (payload) => {
      runs += 1;
      together += 1;
      most = Math.max(most, together);
      seen.push(payload.periodId);
      if (runs === 1) await held;
      together -= 1;
    };
    await wake('one');
    await eventually(() => runs === 1);
    for (let request = 2; request <= 30; request += 1) await wake('one', request);
    release();
    await harness.drain();
    expect(seen).toEqual([1, 30]);
    expect(most).toBe(1);

    await wake('one', 31);
    await eventually(() => runs === 3);
  });

  it('runs no request twice at once and leaves none unanswered in a storm of requests', async () => {
    const { behaviour } = await harness.consume({ concurrency: { rollup: 4 } });
    let asked = 0;
    let answered = 0;
    let runs = 0;
    behaviour.onRollup = async () => {
      const reached = asked;
      runs += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
      answered = Math.max(answered, reached);
    };
    for (let burst = 0; burst < 20; burst += 1) {
      await Promise.all(
        Array.from({ length: 25 }, async () => {
          asked += 1;
          await wake('one');
        }),
      );
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 12));
    }
    await harness.drain();
    expect(answered).toBe(500);
    expect(runs).toBeLessThan(200);
  });

  it('can be asked for again after Redis forgot it', async () => {
    await wake('one');
    await harness.redis.forget();
    await wake('one');
    expect(await harness.publisher.held('rollup')).toBe(1);
  });
});
