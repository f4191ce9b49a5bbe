import { isConnectionFault } from './sql-state';

export interface GroupCommitOptions<I = unknown> {
  /** Most that is written by one call, in items or by `weightOf`; about 128 for inserts of a few kB. */
  readonly maxBatch: number;
  /** What an item counts towards `maxBatch`; 1 by default. An item heavier than that goes alone. */
  readonly weightOf?: (item: I) => number;
  /** How many writes may run at once; two keep the disk busy while the next batch fills. */
  readonly flushers: number;
  /**
   * Least time between the beginnings of two writes, in ms, unless a full batch waits; 0 by default. A lone
   * caller is still served at once, those who come right after him share the next write.
   */
  readonly paceMs?: number;
}

interface Waiting<I, O> {
  readonly item: I;
  readonly resolve: (answer: O) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Lets callers that arrive together share one commit. A free flusher takes all that waits, at most
 * `maxBatch`; a lone caller is served in the same turn of the event loop, and batches fill by themselves when
 * the database is the slower side. Where a write costs much whatever its size, `paceMs` fills them.
 */
export class GroupCommit<I, O> {
  private waiting: Waiting<I, O>[] = [];
  private active = 0;
  private scheduled = false;
  private resting: NodeJS.Timeout | null = null;
  private lastBegin = -Infinity;

  /** `write` answers one output per item, in order, after its commit. */
  constructor(
    private readonly write: (batch: readonly I[]) => Promise<readonly O[]>,
    private readonly options: GroupCommitOptions<I>,
  ) {}

  /**
   * Resolves with this item's own answer after the commit that holds it. When a batch fails its items are
   * written one by one, so that a bad item rejects alone; when the database itself is away, all reject at
   * once with that error.
   */
  submit(item: I): Promise<O> {
    return new Promise<O>((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.schedule();
    });
  }

  /**
   * Takes back an item that no flusher has taken yet: it will never be written, and its caller gets `reason`.
   * False when its write is under way or over, so that nobody can say any more that it is not written.
   */
  withdraw(item: I, reason: unknown): boolean {
    const index = this.waiting.findIndex((one) => one.item === item);
    if (index < 0) return false;
    for (const one of this.waiting.splice(index, 1)) one.reject(reason);
    return true;
  }

  /** Items accepted and not yet handed to a flusher: the depth of the queue at the door. */
  get depth(): number {
    return this.waiting.length;
  }

  /**
   * Waits for the end of this turn of the event loop, so that requests parsed in the same turn share a batch.
   */
  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.startFlushers();
    });
  }

  private startFlushers(): void {
    while (this.active < this.options.flushers && this.waiting.length > 0) {
      const rest = this.restMs();
      if (rest > 0) {
        this.resting ??= setTimeout(() => {
          this.resting = null;
          this.startFlushers();
        }, rest);
        return;
      }
      this.lastBegin = performance.now();
      const batch = this.waiting.splice(0, this.nextBatch());
      this.active += 1;
      void this.flush(batch).finally(() => {
        this.active -= 1;
        this.startFlushers();
      });
    }
  }

  /** How long the next write still has to wait for company, in ms. */
  private restMs(): number {
    const { paceMs = 0 } = this.options;
    return paceMs === 0 || this.batchIsFull() ? 0 : this.lastBegin + paceMs - performance.now();
  }

  private batchIsFull(): boolean {
    const { maxBatch, weightOf } = this.options;
    let weight = 0;
    return this.waiting.some(({ item }) => {
      weight += weightOf?.(item) ?? 1;
      return weight >= maxBatch;
    });
  }

  /** How many of those that wait go together, at least one. */
  private nextBatch(): number {
    const { maxBatch, weightOf } = this.options;
    if (weightOf === undefined) return maxBatch;
    let weight = 0;
    const end = this.waiting.findIndex(({ item }, index) => {
      weight += weightOf(item);
      return weight > maxBatch && index > 0;
    });
    return end === -1 ? this.waiting.length : end;
  }

  private async flush(batch: readonly Waiting<I, O>[]): Promise<void> {
    try {
      await this.answer(batch);
    } catch (error) {
      if (batch.length === 1 || isConnectionFault(error)) rejectAll(batch, error);
      else await this.flushSingly(batch);
    }
  }

  private async flushSingly(batch: readonly Waiting<I, O>[]): Promise<void> {
    for (const [index, one] of batch.entries()) {
      try {
        await this.answer([one]);
      } catch (error) {
        if (isConnectionFault(error)) {
          rejectAll(batch.slice(index), error);
          return;
        }
        one.reject(error);
      }
    }
  }

  private async answer(batch: readonly Waiting<I, O>[]): Promise<void> {
    const answers = await this.write(batch.map((one) => one.item));
    if (answers.length !== batch.length) {
      throw new Error(
        `a group of ${String(batch.length)} items was answered with ${String(answers.length)} answers`,
      );
    }
    batch.forEach((one, index) => {
      one.resolve(answers[index] as O);
    });
  }
}

function rejectAll<I, O>(batch: readonly Waiting<I, O>[], error: unknown): void {
  for (const one of batch) one.reject(error);
}
