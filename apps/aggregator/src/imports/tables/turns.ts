import { setImmediate as nextTurn } from 'node:timers/promises';

/** What takes some ten milliseconds: bytes of a table, and cells made into figures. */
export const BYTES_A_TURN = 64 * 1024;
export const CELLS_A_TURN = 4_000;

/**
 * Lets other work of the process have its turn while a table is read or judged, whatever its form: deciding must not
 * wait until a table of twenty thousand rows, or one of a thousand columns, is done.
 */
export class Turns {
  private done = 0;

  /** `every`: how much may be done in one turn of the event loop. */
  constructor(private readonly every: number) {}

  /** Called before each step that takes `amount`; waits when enough was done. */
  async before(amount: number): Promise<void> {
    this.done += amount;
    if (this.done <= this.every) return;
    this.done = amount;
    await nextTurn();
  }
}
