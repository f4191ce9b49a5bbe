const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
/** Between two tries of a channel that is stopped until a person mends something. */
const STOPPED_PAUSE_MS = 60_000;

/**
 * Remembers that a channel's provider cannot be reached or will not have us, so that the deliveries waiting
 * for it do not each find out for themselves. After a pause one of them tries again: a pause that doubles each
 * time while the provider is away, a long one while our configuration is refused.
 */
export class ChannelBreaker {
  private pause = 0;
  private closedUntil = 0;
  private stoppedBecause: string | null = null;

  /** `monotonicMs` must not jump with the demonstration clock. */
  constructor(private readonly monotonicMs: () => number = () => performance.now()) {}

  get state(): 'open' | 'away' | 'stopped' {
    if (this.stoppedBecause !== null) return 'stopped';
    return this.pause === 0 ? 'open' : 'away';
  }

  /** How long nobody may try; 0 when someone may. */
  get pauseLeft(): number {
    return this.pause === 0 ? 0 : Math.max(0, this.closedUntil - this.monotonicMs());
  }

  /**
   * False while it is known that trying is useless. The first caller after the pause gets true; the others
   * wait for what it finds.
   */
  mayTry(): boolean {
    if (this.pause === 0) return true;
    if (this.pauseLeft > 0) return false;
    this.close();
    return true;
  }

  /** The provider was not reached. Messages that were under way together when it went are one failure. */
  failed(): void {
    this.stoppedBecause = null;
    if (this.pause === 0) this.close();
  }

  /** The provider will not have us as we are configured. True when this is news. */
  stop(because: string): boolean {
    const news = this.stoppedBecause === null;
    this.stoppedBecause = because;
    this.close();
    return news;
  }

  /** True when the channel was closed. */
  recovered(): boolean {
    const closed = this.pause > 0;
    this.pause = 0;
    this.stoppedBecause = null;
    return closed;
  }

  private close(): void {
    if (this.stoppedBecause !== null) this.pause = STOPPED_PAUSE_MS;
    else this.pause = this.pause === 0 ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, this.pause * 2);
    this.closedUntil = this.monotonicMs() + this.pause;
  }
}
