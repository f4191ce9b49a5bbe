import { BACK_OFF_MS, LiveLink, SILENCE_MS, type LiveState, type StreamEvents } from './live-link';

/** A server and a clock in the hands of the test. */
class World {
  readonly told: LiveState[] = [];
  readonly heardAt: string[] = [];
  readonly streams: { readonly events: StreamEvents; closed: boolean }[] = [];
  refreshed = 0;
  online = true;
  private time = 0;
  private timers: { at: number; run: () => void }[] = [];

  readonly link = new LiveLink({
    open: (events) => {
      const stream = { events, closed: false };
      this.streams.push(stream);
      return () => (stream.closed = true);
    },
    timers: {
      now: () => this.time,
      after: (ms, run) => {
        const timer = { at: this.time + ms, run };
        this.timers.push(timer);
        return () => (this.timers = this.timers.filter((each) => each !== timer));
      },
    },
    isOnline: () => this.online,
    tell: (state) => this.told.push(state),
    heard: (at) => this.heardAt.push(at),
    refresh: () => (this.refreshed += 1),
  });

  get stream(): StreamEvents {
    const stream = this.streams.at(-1);
    if (stream === undefined || stream.closed) throw new Error('no stream is open');
    return stream.events;
  }

  pass(ms: number): void {
    const until = this.time + ms;
    for (;;) {
      const [next] = this.timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.timers = this.timers.filter((each) => each !== next);
      this.time = next.at;
      next.run();
    }
    this.time = until;
  }
}

function live(): World {
  const world = new World();
  world.link.start();
  world.stream.heard('2026-11-15T02:00:00.000Z');
  return world;
}

describe('LiveLink', () => {
  it('is live while it hears something, and says when that was', () => {
    const world = live();
    for (let beat = 0; beat < 20; beat += 1) {
      world.pass(2_500);
      world.stream.heard(null);
    }
    expect(world.told).toEqual(['live']);
    expect(world.heardAt).toEqual(['2026-11-15T02:00:00.000Z']);
    expect(world.streams).toHaveLength(1);
    expect(world.refreshed).toBe(0);
    world.stream.changed();
    expect(world.refreshed).toBe(1);
  });

  it('takes silence for a dead link within five seconds, though nothing says it is closed', () => {
    const world = live();
    world.pass(5_000);
    expect(world.told).toEqual(['live', 'lost']);
    expect(world.streams[0]?.closed).toBe(true);
  });

  it('also when it never hears anything', () => {
    const world = new World();
    world.link.start();
    world.pass(5_000);
    expect(world.told).toEqual(['lost']);
  });

  it('joins again, later each time, and reads again when it is heard', () => {
    const world = live();
    const openedAt: number[] = [];
    let time = 0;
    for (let known = 1; openedAt.length < 8; time += 100) {
      world.pass(100);
      if (world.streams.length === known) continue;
      known = world.streams.length;
      openedAt.push(time);
    }
    const gaps = openedAt.slice(1).map((at, index) => at - (openedAt[index] ?? 0) - SILENCE_MS);
    expect(gaps).toEqual([...BACK_OFF_MS.slice(1), BACK_OFF_MS.at(-1), BACK_OFF_MS.at(-1)]);
    expect(world.refreshed).toBe(0);
    world.stream.heard(null);
    expect(world.refreshed).toBe(1);
    expect(world.told).toEqual(['live', 'lost', 'live']);
    world.pass(SILENCE_MS + (BACK_OFF_MS[0] ?? 0));
    expect(world.streams.at(-1)?.closed).toBe(false);
  });

  it('says that the machine has no network, and comes back at once when it has', () => {
    const world = live();
    world.link.offline();
    world.pass(60_000);
    expect(world.streams).toHaveLength(1);
    world.link.online();
    world.stream.heard(null);
    expect(world.told).toEqual(['live', 'offline', 'live']);
    expect(world.refreshed).toBe(1);
    world.online = false;
    world.stream.broken();
    expect(world.told.at(-1)).toBe('offline');
  });

  it('waits as long as the server asks when it is one window too many', () => {
    const world = live();
    world.stream.leave(60_000);
    world.pass(59_000);
    expect(world.told).toEqual(['live', 'crowded']);
    expect(world.streams).toHaveLength(1);
    world.pass(1_000);
    expect(world.streams).toHaveLength(2);
  });

  it('listens to nothing once stopped, nor to a stream that it left', () => {
    const world = live();
    const [first] = world.streams;
    world.stream.broken();
    first?.events.heard(null);
    expect(world.told).toEqual(['live', 'lost']);
    world.link.stop();
    world.pass(60_000);
    expect(world.streams).toHaveLength(1);
  });
});
