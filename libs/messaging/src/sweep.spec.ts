import { Logger } from '@nestjs/common';
import { Sweep } from './sweep';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('Sweep', () => {
  beforeAll(() => {
    Logger.overrideLogger(false);
  });

  it('runs at once, and again after each end', async () => {
    let runs = 0;
    const sweep = new Sweep('test', 5, () => {
      runs += 1;
      return Promise.resolve();
    });
    sweep.start();
    expect(runs).toBe(1);
    await pause(60);
    await sweep.stop();
    expect(runs).toBeGreaterThan(3);
    const after = runs;
    await pause(20);
    expect(runs).toBe(after);
  });

  it('never overlaps itself, also when started twice', async () => {
    let running = 0;
    let most = 0;
    const sweep = new Sweep('test', 1, async () => {
      running += 1;
      most = Math.max(most, running);
      await pause(10);
      running -= 1;
    });
    sweep.start();
    sweep.start();
    await pause(60);
    await sweep.stop();
    expect(most).toBe(1);
  });

  it('goes on after a failure', async () => {
    let runs = 0;
    const sweep = new Sweep('test', 1, () => {
      runs += 1;
      return runs < 3 ? Promise.reject(new Error('no')) : Promise.resolve();
    });
    sweep.start();
    await pause(40);
    await sweep.stop();
    expect(runs).toBeGreaterThan(3);
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
    sweep.start();
    await pause(50);
    const from = Date.now();
    await sweep.stop();
    expect(Date.now() - from).toBeLessThan(30);
  });
});
