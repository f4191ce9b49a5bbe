/**
 * Repeatable pseudo-random numbers (mulberry32), started from a text: the same text gives the same numbers on
 * every machine.
 */
export class SeededRandom {
  private state: number;

  constructor(seed: string) {
    // FNV-1a, so that similar texts start far apart.
    this.state = 2_166_136_261;
    for (let index = 0; index < seed.length; index += 1)
      this.state = Math.imul(this.state ^ seed.charCodeAt(index), 16_777_619);
  }

  /** A whole number from 0 to `below` − 1. */
  below(below: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  }
}
