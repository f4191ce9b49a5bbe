import { Injectable } from '@nestjs/common';
import { AppSweep } from '@mach/messaging';
import { HintWork, type UnhintedNode } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { DecisionsUnderWay } from '../reports/decisions-under-way';
import { NodeHints } from './node-hints';
import { Yardsticks } from './yardsticks';

const EVERY_MS = 2_000;
const NODES_TOGETHER = 50;
/** While reports are being decided hints wait, but not for ever: at a month's end something is always decided. */
const PATIENCE_MS = 5_000;
/** A run gives way before each of its transactions. */
const LATE_AFTER_MS = 600_000;

/**
 * Triggered by time: looks for nodes whose reports changed since hints were looked for in them (`hinted_seq`).
 * Writes, in a transaction for some reports of a node, their hints, that they were checked, and what their
 * narratives are found by. A replay finds them checked; a process that dies leaves its node as it was, and what it
 * had written is written over with the same. Deciding never waits for it: it only gives way.
 */
@Injectable()
export class HintSweep extends AppSweep {
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
    for (const node of await this.work.nodes(NODES_TOGETHER)) await this.check(node);
  }

  private async check(node: UnhintedNode): Promise<void> {
    await this.underWay.quiet(PATIENCE_MS);
    const periods = await this.work.periods(node);
    const yardstick = await this.yardsticks.current(node, periods);
    while ((await this.nodes.checkSome({ node, periods, yardstick, now: this.clock.now() })) === 'more')
      await this.underWay.quiet(PATIENCE_MS);
  }
}
