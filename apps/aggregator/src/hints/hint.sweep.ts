import { Injectable } from '@nestjs/common';
import { AppSweep } from '@mach/messaging';
import { HintWork } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { DecisionsUnderWay } from '../reports/decisions-under-way';
import { NodeHints } from './node-hints';
import { Yardsticks } from './yardsticks';

const EVERY_MS = 2_000;
const NODES_TOGETHER = 50;
/** Looking for hints costs half as much as deciding, so it is done while nothing has been decided for so long. */
const REST_MS = 250;
/** But it is not put off for ever: at a month's end something is always decided. Then a run is one transaction. */
const PATIENCE_MS = 30_000;
const LATE_AFTER_MS = 600_000;

/**
 * Triggered by time: looks for nodes whose reports changed since hints were looked for in them (`hinted_seq`).
 * Writes, in a transaction for some reports of a node, their hints, that they were checked, and what their
 * narratives are found by. A replay finds them checked; a process that dies leaves its node as it was, and what it
 * had written is written over with the same. Deciding never waits for it: it keeps out of the way.
 */
@Injectable()
export class HintSweep extends AppSweep {
  private lookedAt = performance.now();

  constructor(
    private readonly work: HintWork,
    private readonly yardsticks: Yardsticks,
    private readonly nodes: NodeHints,
    private readonly clock: Clock,
    private readonly underWay: DecisionsUnderWay,
  ) {
    super('hints', EVERY_MS, LATE_AFTER_MS);
  }

  override async runOnce(): Promise<void> {
    if (!this.isCalm() && performance.now() - this.lookedAt < PATIENCE_MS) return;
    await this.look();
    this.lookedAt = performance.now();
  }

  /** Ends as soon as reports are decided again; the next run goes on. */
  private async look(): Promise<void> {
    for (const node of await this.work.nodes(NODES_TOGETHER)) {
      const periods = await this.work.periods(node);
      const yardstick = await this.yardsticks.current(node, periods);
      for (let more = true; more;) {
        const outcome = await this.nodes.checkSome({ node, periods, yardstick, now: this.clock.now() });
        if (!this.isCalm()) return;
        more = outcome === 'more';
      }
    }
  }

  private isCalm(): boolean {
    return this.underWay.restMs() >= REST_MS;
  }
}
