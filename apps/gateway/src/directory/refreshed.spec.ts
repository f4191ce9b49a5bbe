import { Refreshed } from './refreshed';

const OPTIONS = { freshMs: 10, staleMs: 100, reloadEveryMs: 5 };

function aRefreshed() {
  const state = { now: 0, reads: 0, fails: false };
  const read = (): Promise<number> => {
    state.reads += 1;
    return state.fails ? Promise.reject(new Error('away')) : Promise.resolve(state.reads);
  };
  return { state, refreshed: new Refreshed(read, OPTIONS, () => state.now) };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a refreshed value', () => {
  it('is read once for all who wait for the first reading', async () => {
    const { state, refreshed } = aRefreshed();
    expect(await Promise.all([refreshed.get(), refreshed.get(), refreshed.reload()])).toEqual([1, 1, 1]);
    expect(state.reads).toBe(1);
  });

  it('is handed out without waiting while a new one is read behind it', async () => {
    const { state, refreshed } = aRefreshed();
    await refreshed.get();
    state.now = 10;
    expect(refreshed.get()).toBe(1);
    state.now = 11;
    expect(refreshed.get()).toBe(1);
    await settled();
    expect(refreshed.get()).toBe(2);
    expect(state.reads).toBe(2);
  });

  it('keeps the old value when a reading fails, until it is stale', async () => {
    const { state, refreshed } = aRefreshed();
    await refreshed.get();
    state.fails = true;
    state.now = 50;
    expect(refreshed.get()).toBe(1);
    await settled();
    expect(refreshed.get()).toBe(1);
    state.now = 101;
    await expect(refreshed.get()).rejects.toThrow('away');
    state.fails = false;
    await expect(refreshed.get()).resolves.toBeGreaterThan(1);
  });

  it('is read anew for who missed something, but not too often', async () => {
    const { state, refreshed } = aRefreshed();
    await refreshed.get();
    state.now = 4;
    expect(await refreshed.reload()).toBe(1);
    state.now = 5;
    expect(await refreshed.reload()).toBe(2);
  });

  it('is not handed out once it is outdated, nor is what was being read at that moment kept', async () => {
    const { state, refreshed } = aRefreshed();
    const before = refreshed.get();
    refreshed.expire();
    expect(await before).toBe(1);
    expect(await refreshed.get()).toBe(2);
    expect(refreshed.get()).toBe(2);
    expect(state.reads).toBe(2);
  });
});
