/** Lets at most `size` pieces of work run at once; the others wait their turn in order. */
export class SendWindow {
  private running = 0;
  private readonly queue: (() => void)[] = [];

  constructor(private readonly size: number) {}

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < this.size) this.running += 1;
    else
      await new Promise<void>((resolve) => {
        this.queue.push(resolve);
      });
    try {
      return await work();
    } finally {
      // Whoever waits longest takes over this place.
      const next = this.queue.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}
