import { Coalescer, type Timers } from './coalescer';

class FakeTimers implements Timers {
  time = 0;
  private pending: { at: number; run: () => void }[] = [];
  now(): number {
    return this.time;
  }
  after(ms: number, run: () => void): () => void {
    const entry = { at: this.time + ms, run };
    this.pending.push(entry);
    return () => {
      this.pending = this.pending.filter((each) => each !== entry);
    };
  }
  advance(ms: number): void {
    this.time += ms;
    const due = this.pending.filter(({ at }) => at <= this.time);
    this.pending = this.pending.filter(({ at }) => at > this.time);
    for (const { run } of due) run();
  }
}

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};

describe('Coalescer', () => {
  it('runs at once, then once for all that came within the gap', async () => {
    const timers = new FakeTimers();
    const starts: number[] = [];
    const coalescer = new Coalescer(() => Promise.resolve(starts.push(timers.time)), 1000, timers);
    for (let count = 0; count < 50; count += 1) coalescer.request();
    await settled();
    for (let count = 0; count < 50; count += 1) coalescer.request();
    await settled();
    timers.advance(999);
    expect(starts).toEqual([0]);
    timers.advance(1);
    await settled();
    timers.advance(5000);
    expect(starts).toEqual([0, 1000]);
  });

  it('never overlaps a slow run, and runs again for what came meanwhile, also when it failed', async () => {
    const timers = new FakeTimers();
    const endings: ((failed: boolean) => void)[] = [];
    const run = (): Promise<void> =>
      new Promise((resolve, reject) => {
        endings.push((failed) => {
          if (failed) reject(new Error('no answer'));
          else resolve();
        });
      });
    const coalescer = new Coalescer(run, 1000, timers);
    coalescer.request();
    timers.advance(3000);
    coalescer.request();
    expect(endings).toHaveLength(1);
    endings[0]?.(true);
    await settled();
    expect(endings).toHaveLength(2);
    coalescer.stop();
    endings[1]?.(false);
    coalescer.request();
    await settled();
    timers.advance(9000);
    expect(endings).toHaveLength(2);
  });
});
