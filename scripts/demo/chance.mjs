import { createHash } from 'node:crypto';

/**
 * Chance that can be repeated: the same words give the same row of numbers (mulberry32 over a hash of the
 * words).
 */
export class Chance {
  #state;

  /** @param {...string} words */
  constructor(...words) {
    this.#state = createHash('sha256').update(words.join('\0')).digest().readUInt32LE(0);
  }

  /** 0 ≤ x < 1 */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let x = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `low` to `high`, both included. @param {number | bigint} low @param {number | bigint} high */
  whole(low, high) {
    return BigInt(low) + BigInt(Math.floor(this.next() * (Number(high) - Number(low) + 1)));
  }

  /**
   * @template T
   * @param {readonly [T, ...T[]]} items
   */
  pick(items) {
    return items[Math.floor(this.next() * items.length)] ?? items[0];
  }

  /**
   * The items in another order (Fisher–Yates).
   * @template T
   * @param {readonly T[]} items
   */
  shuffle(items) {
    const shuffled = [...items];
    for (let i = shuffled.length - 1; i > 0; i -= 1) {
      const j = Math.floor(this.next() * (i + 1));
      const moved = /** @type {T} */ (shuffled[i]);
      shuffled[i] = /** @type {T} */ (shuffled[j]);
      shuffled[j] = moved;
    }
    return shuffled;
  }
}
