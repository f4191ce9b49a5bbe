import { IdGenerator } from '@mach/runtime';

/**
 * A stream of chance that depends on its seed and on nothing else (Mulberry32): the same seed makes the same
 * choices on every machine, so a run that fails can be run again.
 */
export class Chance {
  constructor(private state: number) {}

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  happens(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    const chosen = list[this.below(list.length)];
    if (chosen === undefined) throw new Error('there is nothing to choose from');
    return chosen;
  }

  private next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}

/** Ids of a run: new ones every time, and the same ones when the run is repeated. */
export class ChanceIds extends IdGenerator {
  private count = 0;

  constructor(private readonly seed: number) {
    super();
  }

  override next(): string {
    this.count += 1;
    const mark = this.seed.toString(16).padStart(8, '0').slice(-8);
    return `${mark}-0000-7000-8000-${this.count.toString(16).padStart(12, '0')}`;
  }
}
