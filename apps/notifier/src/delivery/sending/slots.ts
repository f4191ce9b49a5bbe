/** The attempts that may be under way together; whoever finds none free waits a while and is then sent away. */
export class Slots {
  private taken = 0;
  private lastMove = -Infinity;
  private readonly queue: ((entered: boolean) => void)[] = [];

  constructor(
    readonly size: number,
    private readonly monotonicMs: () => number = () => performance.now(),
  ) {}

  get busy(): number {
    return this.taken;
  }

  /** All are taken, and none came free within the last `ms`. */
  stuckFor(ms: number): boolean {
    return this.taken >= this.size && this.monotonicMs() - this.lastMove >= ms;
  }

  /** True when a slot is taken, which must then be left; false when none came free within `patienceMs`. */
  async enter(patienceMs: number): Promise<boolean> {
    if (this.taken < this.size) {
      this.move(1);
      return true;
    }
    return new Promise((resolve) => {
      const settle = (entered: boolean): void => {
        clearTimeout(timer);
        resolve(entered);
      };
      const timer = setTimeout(() => {
        this.queue.splice(this.queue.indexOf(settle), 1);
        settle(false);
      }, patienceMs);
      this.queue.push(settle);
    });
  }

  /** Whoever waits longest takes the place over. */
  leave(): void {
    const next = this.queue.shift();
    this.move(next === undefined ? -1 : 0);
    next?.(true);
  }

  private move(by: number): void {
    this.taken += by;
    this.lastMove = this.monotonicMs();
  }
}
