/** The longest that work which wants to be alone waits for the others to end, in ms. */
const WAIT_FOR_OTHERS_MS = 2_000;

/** Lets the jobs of a process run beside each other, or one of them with nothing beside it. */
export class WorkRoom {
  private readonly others = new Set<Promise<unknown>>();
  private lastAlone: Promise<unknown> = Promise.resolve();
  private wantAlone = 0;

  /** Runs `work` beside other work; waits while one is alone or about to be. */
  async together<T>(work: () => Promise<T>): Promise<T> {
    while (this.wantAlone > 0) await this.lastAlone;
    const run = work();
    const ended = run.then(ignore, ignore);
    this.others.add(ended);
    try {
      return await run;
    } finally {
      this.others.delete(ended);
    }
  }

  /**
   * Runs `work` with nothing beside it. Null, without running it, when the others do not end in time: one that
   * hangs must not hold up all that comes after it.
   */
  async alone<T>(work: () => Promise<T>): Promise<T | null> {
    this.wantAlone += 1;
    const run = this.lastAlone.then(async () => ((await this.emptied()) ? work() : null));
    this.lastAlone = run.then(ignore, ignore);
    try {
      return await run;
    } finally {
      this.wantAlone -= 1;
    }
  }

  private async emptied(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => {
      timer = setTimeout(() => {
        resolve(false);
      }, WAIT_FOR_OTHERS_MS);
    });
    const empty = Promise.all(this.others).then(() => true);
    try {
      return await Promise.race([empty, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

function ignore(): void {
  // How the work ended is its caller's business.
}
