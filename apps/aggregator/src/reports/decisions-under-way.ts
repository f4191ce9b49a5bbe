import { Injectable } from '@nestjs/common';

/**
 * Whether this process is deciding reports at the moment: adding up gives way while it is, and hurries when
 * it no longer is; what may wait longer leaves it alone altogether.
 */
@Injectable()
export class DecisionsUnderWay {
  private count = 0;
  /** When the last decision ended, by `performance.now()`. */
  private lastEnd = Number.NEGATIVE_INFINITY;
  private readonly waiting = new Set<() => void>();

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.count += 1;
    try {
      return await work();
    } finally {
      this.count -= 1;
      this.lastEnd = performance.now();
      if (this.count === 0) for (const resume of [...this.waiting]) resume();
    }
  }

  /**
   * For how long nothing has been decided, in ms; 0 while something is. In a burst there are moments between two batches,
   * which are no rest.
   */
  restMs(): number {
    return this.count > 0 ? 0 : performance.now() - this.lastEnd;
  }

  /** Resolves as soon as nothing is being decided, and after `limitMs` in any case. */
  async quiet(limitMs: number): Promise<void> {
    if (this.count === 0) return;
    await new Promise<void>((resolve) => {
      const resume = (): void => {
        clearTimeout(timer);
        this.waiting.delete(resume);
        resolve();
      };
      const timer = setTimeout(resume, limitMs);
      this.waiting.add(resume);
    });
  }
}
