import { DecisionsUnderWay } from './decisions-under-way';

const LONG_MS = 60_000;

describe('DecisionsUnderWay', () => {
  it('is quiet when nothing is being decided', async () => {
    await expect(new DecisionsUnderWay().quiet(LONG_MS)).resolves.toBeUndefined();
  });

  it('becomes quiet when the last decision ends, also when it fails', async () => {
    const underWay = new DecisionsUnderWay();
    let end = (): void => undefined;
    let fail: (reason: Error) => void = () => undefined;
    const first = underWay.during(() => new Promise<void>((resolve) => (end = resolve)));
    const second = underWay.during(() => new Promise<void>((_resolve, reject) => (fail = reject)));
    let quiet = false;
    const waiting = underWay.quiet(LONG_MS).then(() => (quiet = true));
    end();
    await first;
    await new Promise(setImmediate);
    expect(quiet).toBe(false);
    fail(new Error('database gone'));
    await expect(second).rejects.toThrow('database gone');
    await waiting;
    expect(quiet).toBe(true);
  });

  it('does not wait longer than asked', async () => {
    const underWay = new DecisionsUnderWay();
    let end = (): void => undefined;
    const deciding = underWay.during(() => new Promise<void>((resolve) => (end = resolve)));
    await underWay.quiet(1);
    end();
    await deciding;
  });

  it('rests since the last decision ended, and not at all while one lasts', async () => {
    jest.useFakeTimers();
    try {
      const underWay = new DecisionsUnderWay();
      expect(underWay.restMs()).toBe(Infinity);
      let end = (): void => undefined;
      const deciding = underWay.during(() => new Promise<void>((resolve) => (end = resolve)));
      jest.advanceTimersByTime(LONG_MS);
      expect(underWay.restMs()).toBe(0);
      end();
      await deciding;
      jest.advanceTimersByTime(249);
      expect(underWay.restMs()).toBe(249);
    } finally {
      jest.useRealTimers();
    }
  });
});
