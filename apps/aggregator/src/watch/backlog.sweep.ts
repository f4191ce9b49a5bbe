import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { AppSweep } from '@mach/messaging';
import { BacklogReads } from '@mach/persistence';
import { Clock, ReadyChecks } from '@mach/runtime';
import { submissionsDecided } from '../reports/decision-metrics';
import { Progress } from './progress';

const EVERY_MS = 5_000;
/** Reports that wait without anything moving for so long make this process not ready. */
const STANDSTILL_MS = 30_000;

const waiting = new Gauge({
  name: 'mach_outbox_waiting',
  help: 'Messages that wait for their effect, by queue; on intake: groups of reports not decided',
  labelNames: ['queue'] as const,
});
const undecided = new Gauge({
  name: 'mach_undecided_reports',
  help: 'Reports received and not decided, each counted although they travel in groups',
});
const oldest = new Gauge({
  name: 'mach_outbox_oldest_seconds',
  help: 'Age of the oldest message that waits for its effect, by queue',
  labelNames: ['queue'] as const,
});
const dirtyNodes = new Gauge({
  name: 'mach_dirty_nodes',
  help: 'Roll-up nodes that wait to be recomputed',
});
const dirtySeconds = new Gauge({
  name: 'mach_dirty_nodes_seconds',
  help: 'For how long there has been a node that waits to be recomputed',
});
const longestTransaction = new Gauge({
  name: 'mach_longest_transaction_seconds',
  help: 'Age of the longest open transaction of all services',
});
const standstill = new Gauge({
  name: 'mach_decisions_standstill_seconds',
  help: 'For how long reports have waited without anything being decided',
});

/** Measures what waits in the database, for alerts, and tells a stuck aggregator from an idle one. */
@Injectable()
export class BacklogSweep extends AppSweep {
  private readonly progress = new Progress();
  private cleanAt = performance.now();

  constructor(
    private readonly backlog: BacklogReads,
    private readonly clock: Clock,
    checks: ReadyChecks,
  ) {
    super('backlog', EVERY_MS);
    checks.add('decisions', () =>
      this.progress.standstillMs(performance.now()) < STANDSTILL_MS
        ? Promise.resolve()
        : Promise.reject(new Error('reports wait and none is decided')),
    );
  }

  override async runOnce(): Promise<void> {
    const found = await this.backlog.read();
    const at = performance.now();
    waiting.reset();
    oldest.reset();
    for (const { queue, waiting: count, oldest: since } of found.queues) {
      waiting.set({ queue }, count);
      oldest.set({ queue }, Math.max(0, this.clock.now() - since) / 1_000);
    }
    undecided.set(found.undecidedReports);
    if (found.dirtyNodes === 0) this.cleanAt = at;
    dirtyNodes.set(found.dirtyNodes);
    dirtySeconds.set((at - this.cleanAt) / 1_000);
    longestTransaction.set(found.longestTransaction);
    const reports = found.queues.find(({ queue }) => queue === 'intake');
    const { values } = await submissionsDecided.get();
    this.progress.observe(
      {
        count: reports?.waiting ?? 0,
        oldest: reports?.oldest ?? null,
        decided: values.reduce((sum, { value }) => sum + value, 0),
      },
      at,
    );
    standstill.set(this.progress.standstillMs(at) / 1_000);
  }
}
