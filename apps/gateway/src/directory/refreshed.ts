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

  private refresh(): Promise<T> {
    this.underway ??= this.readNow().finally(() => {
      this.underway = null;
    });
    return this.underway;
  }

  private async readNow(): Promise<T> {
    const readAt = this.now();
    const content = await this.read();
    this.value = { content, readAt };
    return content;
  }
}
