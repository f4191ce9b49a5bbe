/** What time it is. An argument of every decision; nobody else reads the machine's clock. */
export abstract class Clock {
  /** Epoch milliseconds. */
  abstract now(): number;
}

/** The machine's clock. */
export class SystemClock extends Clock {
  override now(): number {
    return Date.now();
  }
}

/**
 * The machine's clock moved by an offset, for demonstrations and tests (`MACH_CLOCK=settable`); it keeps
 * running.
 */
export class OffsetClock extends Clock {
  private offset = 0;

  override now(): number {
    return Date.now() + this.offset;
  }

  /** Milliseconds added to the machine's time; negative puts the clock back. */
  setOffset(ms: number): void {
    this.offset = ms;
  }

  get offsetMs(): number {
    return this.offset;
  }
}
