import { PacedRuns } from './paced-runs';

/** Work and rest that end when the test says so. */
function openable(): { readonly promise: Promise<void>; open: () => void; fail: (error: Error) => void } {
  let open = (): void => undefined;
  let fail: (error: Error) => void = () => undefined;
  const promise = new Promise<void>((resolve, reject) => {
    open = resolve;
    fail = reject;
  });
  return { promise, open, fail };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

describe('PacedRuns', () => {
  it('serves requests made during a run with one run that begins after them', async () => {
    const runs = [openable(), openable(), openable()];
    let started = 0;
    const paced = new PacedRuns(() => Promise.resolve());
    const work = (): Promise<void> =>
      runs[started++]?.promise ?? Promise.reject(new Error('one run too many'));

    const first = paced.request('a', work);
    await settle();
    const joined = [paced.request('a', work), paced.request('a', work), paced.request('a', work)];
    await settle();
    expect(started).toBe(1);

    runs[0]?.open();
    await first;
    await settle();
    expect(started).toBe(2);
    runs[1]?.open();
    await Promise.all(joined);
    expect(started).toBe(2);
  });

  it('rests between two runs of a key', async () => {
    const rests: number[] = [];
    const rest = openable();
    const paced = new PacedRuns((tookMs) => {
      rests.push(tookMs);
      return rest.promise;
    });
    let started = 0;
    const work = (): Promise<void> => {
      started += 1;
      return Promise.resolve();
    };

    await paced.request('a', work);
    const second = paced.request('a', work);
    await settle();
    expect(started).toBe(1);
    expect(rests).toEqual([expect.any(Number)]);

    rest.open();
    await second;
    expect(started).toBe(2);
  });

  it('keeps keys apart', async () => {
    const hanging = openable();
    const paced = new PacedRuns(() => Promise.resolve());
    void paced.request('a', () => hanging.promise);
    await expect(paced.request('b', () => Promise.resolve())).resolves.toBeUndefined();
    hanging.open();
  });

  it('tells a failure to those it served and runs again for the next', async () => {
    const paced = new PacedRuns(() => Promise.resolve());
    await expect(paced.request('a', () => Promise.reject(new Error('database gone')))).rejects.toThrow(
      'database gone',
    );
    await expect(paced.request('a', () => Promise.resolve())).resolves.toBeUndefined();
  });
});
