import { Injectable } from '@nestjs/common';

/**
 * Whether this process is deciding reports at the moment: adding up gives way while it is, and hurries when
 * it no longer is.
 */
@Injectable()
export class DecisionsUnderWay {
  private count = 0;
  private readonly waiting = new Set<() => void>();

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.count += 1;
    try {
      return await work();
    } finally {
      this.count -= 1;
      if (this.count === 0) for (const resume of [...this.waiting]) resume();
    }
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
