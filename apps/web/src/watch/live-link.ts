import type { Timers } from './coalescer';

/**
 * `connecting`: not heard yet. `live`: heard within the last seconds. `lost`: silent, being joined again.
 * `offline`: this machine has no network. `crowded`: the account has too many windows open; this one waits.
 */
export type LiveState = 'connecting' | 'live' | 'lost' | 'offline' | 'crowded';

/** What a stream of the server tells. */
export interface StreamEvents {
  /** Anything came, and when by the server's clock if it says so. */
  heard(at: string | null): void;
  changed(): void;
  /** The server ends the stream and asks not to come back before. */
  leave(retryMs: number): void;
  broken(): void;
}

/** Opens a stream; answers how to close it. */
export type OpenStream = (events: StreamEvents) => () => void;

interface LiveLinkParts {
  readonly open: OpenStream;
  readonly timers: Timers;
  readonly isOnline: () => boolean;
  readonly tell: (state: LiveState) => void;
  readonly heard: (at: string) => void;
  /** Something changed, or may have changed while nothing was heard. */
  readonly refresh: () => void;
}

/** The server speaks every 2.5 s: a silence of 4.5 s is a dead link, and is told as one within five. */
export const SILENCE_MS = 4_500;
/** How long to wait before joining again, by how often it failed since something was heard. */
export const BACK_OFF_MS: readonly number[] = [500, 1_000, 2_000, 4_000, 8_000, 15_000];

/**
 * Keeps one stream of the server open and says truly whether it is alive: silence counts as lost, however open the
 * connection claims to be. After every return the figures are read again, since hints are not kept for anyone.
 */
export class LiveLink {
  private state: LiveState = 'connecting';
  private close: (() => void) | null = null;
  private cancelTimer: (() => void) | null = null;
  private failures = 0;
  private wasHeard = false;

  constructor(private readonly parts: LiveLinkParts) {}

  start(): void {
    this.join();
  }

  stop(): void {
    this.leave();
  }

  /** The machine has its network back: there is no point in waiting any longer. */
  online(): void {
    this.failures = 0;
    this.join();
  }

  offline(): void {
    this.leave();
    this.become('offline');
  }

  private join(): void {
    this.leave();
    this.expect(SILENCE_MS, () => {
      this.fail();
    });
    let current = true;
    const ifCurrent =
      <A extends unknown[]>(run: (...args: A) => void) =>
      (...args: A): void => {
        if (current) run(...args);
      };
    const close = this.parts.open({
      heard: ifCurrent((at) => {
        this.hear(at);
      }),
      changed: ifCurrent(() => {
        this.parts.refresh();
      }),
      leave: ifCurrent((retryMs) => {
        this.leave();
        this.become('crowded');
        this.expect(retryMs, () => {
          this.join();
        });
      }),
      broken: ifCurrent(() => {
        this.fail();
      }),
    });
    this.close = () => {
      current = false;
      close();
    };
  }

  private hear(at: string | null): void {
    if (at !== null) this.parts.heard(at);
    this.failures = 0;
    if (this.wasHeard && this.state !== 'live') this.parts.refresh();
    this.wasHeard = true;
    this.become('live');
    this.expect(SILENCE_MS, () => {
      this.fail();
    });
  }

  private fail(): void {
    this.leave();
    this.become(this.parts.isOnline() ? 'lost' : 'offline');
    const wait = BACK_OFF_MS[Math.min(this.failures, BACK_OFF_MS.length - 1)] ?? 0;
    this.failures += 1;
    this.expect(wait, () => {
      this.join();
    });
  }

  private leave(): void {
    this.cancelTimer?.();
    this.cancelTimer = null;
    this.close?.();
    this.close = null;
  }

  private expect(ms: number, run: () => void): void {
    this.cancelTimer?.();
    this.cancelTimer = this.parts.timers.after(ms, run);
  }

  private become(state: LiveState): void {
    if (this.state === state) return;
    this.state = state;
    this.parts.tell(state);
  }
}
