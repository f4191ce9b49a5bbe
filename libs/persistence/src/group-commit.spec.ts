import { GroupCommit } from './group-commit';

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2));

describe('GroupCommit', () => {
  it('answers each caller with the answer to its own item', async () => {
    const group = new GroupCommit<number, string>(
      (batch) => Promise.resolve(batch.map((item) => `#${String(item)}`)),
      {
        maxBatch: 7,
        flushers: 2,
      },
    );
    const answers = await Promise.all(Array.from({ length: 100 }, (_, item) => group.submit(item)));
    expect(answers).toEqual(Array.from({ length: 100 }, (_, item) => `#${String(item)}`));
  });

  it('puts those who arrive together into one batch, and those who wait for a flusher into the next', async () => {
    const batches: number[] = [];
    let finish: () => void = () => undefined;
    const group = new GroupCommit<number, number>(
      async (batch) => {
        batches.push(batch.length);
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        return batch;
      },
      { maxBatch: 64, flushers: 1 },
    );
    const first = [1, 2, 3].map((item) => group.submit(item));
    await turn();
    const second = Array.from({ length: 100 }, (_, item) => group.submit(item));
    await turn();
    expect(group.depth).toBe(100);
    for (let round = 0; round < 3; round += 1) {
      finish();
      await turn();
    }
    await Promise.all([...first, ...second]);
    expect(batches).toEqual([3, 64, 36]);
  });

  it('fills a batch by weight, and lets what is heavier than a batch go alone', async () => {
    const batches: (readonly number[])[] = [];
    const group = new GroupCommit<number, number>(
      (batch) => {
        batches.push(batch);
        return Promise.resolve(batch);
      },
      { maxBatch: 10, weightOf: (item) => item, flushers: 1 },
    );
    await Promise.all([4, 6, 1, 9, 30, 1, 8, 2].map((item) => group.submit(item)));
    expect(batches).toEqual([[4, 6], [1, 9], [30], [1, 8], [2]]);
  });

  it('never runs more writes at once than it has flushers', async () => {
    let running = 0;
    let most = 0;
    const group = new GroupCommit<number, number>(
      async (batch) => {
        running += 1;
        most = Math.max(most, running);
        await turn();
        running -= 1;
        return batch;
      },
      { maxBatch: 4, flushers: 2 },
    );
    await Promise.all(Array.from({ length: 60 }, (_, item) => group.submit(item)));
    expect(most).toBe(2);
  });

  describe('with a pace', () => {
    beforeEach(() => {
      jest.useFakeTimers();
    });
    afterEach(() => {
      jest.useRealTimers();
    });

    const paced = (batches: (readonly number[])[], weightOf?: (item: number) => number) =>
      new GroupCommit<number, number>(
        (batch) => {
          batches.push(batch);
          return Promise.resolve(batch);
        },
        { maxBatch: 4, flushers: 2, paceMs: 40, ...(weightOf === undefined ? {} : { weightOf }) },
      );

    it('serves a lone caller at once, and those who come right after together when the time is up', async () => {
      const batches: (readonly number[])[] = [];
      const group = paced(batches);
      void group.submit(1);
      await jest.advanceTimersByTimeAsync(1);
      expect(batches).toEqual([[1]]);
      void group.submit(2);
      await jest.advanceTimersByTimeAsync(30);
      void group.submit(3);
      await jest.advanceTimersByTimeAsync(5);
      expect(batches).toEqual([[1]]);
      await jest.advanceTimersByTimeAsync(10);
      expect(batches).toEqual([[1], [2, 3]]);
      await jest.advanceTimersByTimeAsync(40);
      void group.submit(4);
      await jest.advanceTimersByTimeAsync(1);
      expect(batches).toEqual([[1], [2, 3], [4]]);
    });

    it.each([
      ['by number', undefined, [2, 3, 4, 5]],
      ['by weight', (item: number) => item, [2, 3]],
    ])('does not let a full batch wait, %s', async (_, weightOf, full) => {
      const batches: (readonly number[])[] = [];
      const group = paced(batches, weightOf);
      void group.submit(1);
      await jest.advanceTimersByTimeAsync(1);
      for (const item of full) void group.submit(item);
      await jest.advanceTimersByTimeAsync(1);
      expect(batches[0]).toEqual([1]);
      expect(batches[1]?.[0]).toBe(2);
    });
  });

  it('lets only the bad item fail', async () => {
    const write = (batch: readonly number[]): Promise<readonly number[]> =>
      batch.includes(13) ? Promise.reject(new Error('13 is bad')) : Promise.resolve(batch);
    const group = new GroupCommit<number, number>(write, { maxBatch: 64, flushers: 1 });
    const results = await Promise.allSettled(Array.from({ length: 20 }, (_, item) => group.submit(item)));
    expect(results.flatMap((result, item) => (result.status === 'rejected' ? [item] : []))).toEqual([13]);
  });

  it('fails all at once when the database is away, instead of trying each', async () => {
    let calls = 0;
    const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const group = new GroupCommit<number, number>(
      () => {
        calls += 1;
        return Promise.reject(away);
      },
      { maxBatch: 64, flushers: 1 },
    );
    const results = await Promise.allSettled([1, 2, 3].map((item) => group.submit(item)));
    expect(results.every((result) => result.status === 'rejected')).toBe(true);
    expect(calls).toBe(1);
  });

  it('goes on after a failure', async () => {
    let healthy = false;
    const group = new GroupCommit<number, number>(
      (batch) => (healthy ? Promise.resolve(batch) : Promise.reject(new Error('no'))),
      {
        maxBatch: 4,
        flushers: 1,
      },
    );
    await expect(group.submit(1)).rejects.toThrow('no');
    healthy = true;
    await expect(group.submit(2)).resolves.toBe(2);
  });

  it('takes back what no flusher has taken, and only that', async () => {
    const written: number[] = [];
    let finish: () => void = () => undefined;
    const group = new GroupCommit<number, number>(
      async (batch) => {
        written.push(...batch);
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        return batch;
      },
      { maxBatch: 2, flushers: 1 },
    );
    const answers = [1, 2, 3, 4, 5].map((item) => group.submit(item));
    const settled = Promise.allSettled(answers);
    await turn();
    expect([1, 4, 6].map((item) => group.withdraw(item, 'too late'))).toEqual([false, true, false]);
    for (let round = 0; round < 3; round += 1) {
      finish();
      await turn();
    }
    expect(await settled).toEqual([
      { status: 'fulfilled', value: 1 },
      { status: 'fulfilled', value: 2 },
      { status: 'fulfilled', value: 3 },
      { status: 'rejected', reason: 'too late' },
      { status: 'fulfilled', value: 5 },
    ]);
    expect(written).toEqual([1, 2, 3, 5]);
    expect(group.withdraw(5, 'over')).toBe(false);
  });

  it('refuses a write that answers for fewer items than it was given', async () => {
    const group = new GroupCommit<number, number>((batch) => Promise.resolve(batch.slice(1)), {
      maxBatch: 4,
      flushers: 1,
    });
    await expect(group.submit(1)).rejects.toThrow('answered with 0');
  });
});
