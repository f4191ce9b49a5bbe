export interface RefreshedOptions {
  /** Older than this, the value is still served while a fresh one is read behind it. */
  readonly freshMs: number;
  /** Older than this, callers wait for a fresh one. */
  readonly staleMs: number;
  /** A value asked for again (something was not found in it) is read at most this often. */
  readonly reloadEveryMs: number;
}

/**
 * A bulk-read value kept in memory. Hot paths get it without waiting; a failed refresh keeps the old value
 * until it is stale.
 */
export class Refreshed<T> {
  private value: { readonly content: T; readonly readAt: number } | null = null;
  private underway: Promise<T> | null = null;
  /** How often the value was said to be outdated; a reading begun before that is not kept. */
  private outdated = 0;

  /** `now` is the machine's time in milliseconds; only differences matter. */
  constructor(
    private readonly read: () => Promise<T>,
    private readonly options: RefreshedOptions,
    private readonly now: () => number,
  ) {}

  /** The value if it can be had without waiting, else a promise of it. */
  get(): T | Promise<T> {
    if (this.value === null) return this.refresh();
    const age = this.now() - this.value.readAt;
    if (age > this.options.staleMs) return this.refresh();
    // A refresh behind the scenes that fails leaves the old value; whoever waits once it is stale sees the
    // error.
    if (age > this.options.freshMs) this.refresh().catch(() => undefined);
    return this.value.content;
  }

  /** For a caller who missed something: a value read anew, unless that was done a moment ago. */
  reload(): T | Promise<T> {
    const recent = this.value !== null && this.now() - this.value.readAt < this.options.reloadEveryMs;
    return recent && this.value !== null ? this.value.content : this.refresh();
  }

  /** What it was read from has changed: whoever asks next waits for a fresh value. */
  expire(): void {
    this.outdated += 1;
    this.value = null;
    this.underway = null;
  }

  private refresh(): Promise<T> {
    if (this.underway !== null) return this.underway;
    const reading = this.readNow().finally(() => {
      if (this.underway === reading) this.underway = null;
    });
    this.underway = reading;
    return reading;
  }

  private async readNow(): Promise<T> {
    const { outdated } = this;
    const readAt = this.now();
    const content = await this.read();
    if (outdated === this.outdated) this.value = { content, readAt };
    return content;
  }
}
