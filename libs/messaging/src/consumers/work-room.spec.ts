import { WorkRoom } from './work-room';

/** Work that ends when it is told to. */
function work(log: string[], name: string): { run: () => Promise<string>; end: () => void } {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return {
    run: async () => {
      log.push(`${name} begins`);
      await ended;
      log.push(`${name} ends`);
      return name;
    },
    end: () => {
      end();
    },
  };
}

const turn = (): Promise<void> => new Promise(setImmediate);

describe('WorkRoom', () => {
  it('lets work run beside other work', async () => {
    const room = new WorkRoom();
    const log: string[] = [];
    const [a, b] = [work(log, 'a'), work(log, 'b')];
    const both = [room.together(a.run), room.together(b.run)];
    await turn();
    expect(log).toEqual(['a begins', 'b begins']);
    a.end();
    b.end();
    expect(await Promise.all(both)).toEqual(['a', 'b']);
  });

  it('lets what is alone begin when the others have ended, and others only after it', async () => {
    const room = new WorkRoom();
    const log: string[] = [];
    const [a, b, c, d] = [work(log, 'a'), work(log, 'b'), work(log, 'c'), work(log, 'd')];
    const all = [room.together(a.run), room.alone(b.run), room.alone(c.run), room.together(d.run)];
    for (const one of [a, b, c, d]) {
      await turn();
      one.end();
    }
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd']);
    expect(log).toEqual(['a', 'b', 'c', 'd'].flatMap((name) => [`${name} begins`, `${name} ends`]));
  });

  it('is free again after work that failed', async () => {
    const room = new WorkRoom();
    const fail = (): Promise<never> => Promise.reject(new Error('no'));
    await expect(room.together(fail)).rejects.toThrow('no');
    await expect(room.alone(fail)).rejects.toThrow('no');
    expect(await room.alone(() => Promise.resolve('alone'))).toBe('alone');
    expect(await room.together(() => Promise.resolve('beside'))).toBe('beside');
  });

  it('does not wait for ever for work that hangs, nor hold others up behind it', async () => {
    jest.useFakeTimers();
    try {
      const room = new WorkRoom();
      const hanging = work([], 'hanging');
      const hangs = room.together(hanging.run);
      const refused = room.alone(() => Promise.resolve('alone'));
      const waiting = room.together(() => Promise.resolve('beside'));
      await jest.advanceTimersByTimeAsync(10_000);
      expect(await refused).toBeNull();
      expect(await waiting).toBe('beside');
      hanging.end();
      await hangs;
    } finally {
      jest.useRealTimers();
    }
  });
});
