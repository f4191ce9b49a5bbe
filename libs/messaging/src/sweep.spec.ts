import { Logger } from '@nestjs/common';
import { register } from 'prom-client';
import { Sweep } from './sweep';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits as long as the test may last. */
async function until(met: () => boolean): Promise<void> {
  while (!met()) await pause(1);
}

describe('Sweep', () => {
  beforeAll(() => {
    Logger.overrideLogger(false);
  });

  describe('on a clock that is set', () => {
    beforeEach(() => jest.useFakeTimers());
    afterEach(() => jest.useRealTimers());

    it('runs at once, and again after each end', async () => {
      let runs = 0;
      const sweep = new Sweep('test', 5, () => {
        runs += 1;
        return Promise.resolve();
      });
      sweep.start();
      expect(runs).toBe(1);
      await jest.advanceTimersByTimeAsync(4);
      expect(runs).toBe(1);
      await jest.advanceTimersByTimeAsync(1 + 2 * 5);
      expect(runs).toBe(4);
      await sweep.stop();
      expect(jest.getTimerCount()).toBe(0);
      await jest.advanceTimersByTimeAsync(100);
      expect(runs).toBe(4);
    });

    it('never overlaps itself, also when started twice', async () => {
      let begun = 0;
      let running = 0;
      let most = 0;
      const sweep = new Sweep('test', 1, async () => {
        begun += 1;
        running += 1;
        most = Math.max(most, running);
        await pause(10);
        running -= 1;
      });
      sweep.start();
      sweep.start();
      await jest.advanceTimersByTimeAsync(9);
      expect([begun, running]).toEqual([1, 1]);
      await jest.advanceTimersByTimeAsync(5 * (10 + 1));
      expect([begun, most]).toEqual([6, 1]);
      const stopped = sweep.stop();
      await jest.advanceTimersByTimeAsync(10);
      await stopped;
      expect(running).toBe(0);
    });
  });

  it('goes on after a failure', async () => {
    let runs = 0;
    const sweep = new Sweep('test', 1, () => {
      runs += 1;
      return runs < 3 ? Promise.reject(new Error('no')) : Promise.resolve();
    });
    sweep.start();
    await until(() => runs > 3);
    await sweep.stop();
  });

  it('has been silent since the last run that ended well, whether it hangs or fails', async () => {
    let now = 1_000;
    const turns: ((turn: 'well' | 'badly') => void)[] = [];
    const sweep = new Sweep(
      'test',
      0,
      () =>
        new Promise<void>((resolve, reject) => {
          turns.push((turn) => {
            if (turn === 'well') resolve();
            else reject(new Error('no'));
          });
        }),
      () => now,
    );
    const end = async (turn: 'well' | 'badly'): Promise<void> => {
      const run = turns.length;
      turns.at(-1)?.(turn);
      await until(() => turns.length > run);
    };
    expect(sweep.silentMs()).toBe(0);
    sweep.start();
    now = 31_000;
    expect(sweep.silentMs()).toBe(30_000);
    await end('badly');
    expect(sweep.silentMs()).toBe(30_000);
    await end('well');
    expect(sweep.silentMs()).toBe(0);
    now = 41_000;
    expect((await register.getSingleMetricAsString('mach_sweep_silent_seconds')).split('\n')).toContain(
      'mach_sweep_silent_seconds{sweep="test"} 10',
    );
    turns.at(-1)?.('well');
    await sweep.stop();
    expect(sweep.silentMs()).toBe(0);
    expect(await register.getSingleMetricAsString('mach_sweep_silent_seconds')).not.toContain('"test"');
  });

  it('stops at once during a pause, and waits for a run under way', async () => {
    let ended = false;
    const sweep = new Sweep('test', 60_000, async () => {
      await pause(30);
      ended = true;
    });
    sweep.start();
    await sweep.stop();
    expect(ended).toBe(true);
    ended = false;
    sweep.start();
    await until(() => ended);
    // Were the pause not cut short, this would outlast the test.
    await sweep.stop();
  });
});
