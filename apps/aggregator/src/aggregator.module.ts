import { type DynamicModule, Module, type OnModuleInit } from '@nestjs/common';
import { importRequested, reportReceivedV1, reportReceivedV2, rollupRequested } from '@mach/contracts';
import { HintClient, MessagePublisher, MessagingModule, type TransportOptions } from '@mach/messaging';
import { DatabasePing, PersistenceModule, type SetAsideStore } from '@mach/persistence';
import { Clock, ReadyChecks, RuntimeModule, type MachConfig } from '@mach/runtime';
import { FiguresHint, HINTS } from './figures/figures-hint';
import { FiguresRecompute } from './figures/figures-recompute';
import { RecomputeRollupHandler } from './figures/recompute-rollup.handler';
import { RollupSweep } from './figures/rollup.sweep';
import { Applying } from './imports/applying';
import { ContinueImportHandler } from './imports/continue-import.handler';
import { DryRun } from './imports/dry-run';
import { ImportWork } from './imports/import-work';
import { ImportSweep } from './imports/import.sweep';
import { RowMeasures } from './imports/row-measures';
import { RowSender } from './imports/row-sender';
import { HintSweep } from './hints/hint.sweep';
import { NodeHints } from './hints/node-hints';
import { Yardsticks } from './hints/yardsticks';
import { PeriodOpeningSweep } from './periods/period-opening.sweep';
import { DecideSubmissionHandler } from './reports/decide-submission.handler';
import { DecisionBatch } from './reports/decision-batch';
import { DecisionForms } from './reports/decision-forms';
import { DecisionsUnderWay } from './reports/decisions-under-way';
import { VerificationSweep } from './verification/verification.sweep';
import { BacklogSweep } from './watch/backlog.sweep';
import { ReportMessages } from './reports/report-messages';

/**
 * Two batches of decisions, a recompute, the sweeps, and one to spare: with fewer connections they would wait
 * for each other.
 */
const FEWEST_CONNECTIONS = 6;

/**
 * Jobs that are decided together share commits, so there are twice as many as a batch holds: one batch is
 * written while the next fills.
 */
const CONCURRENCY = { intake: 256, rollup: 16 };

/**
 * The aggregator: decides submissions, keeps the figures of every unit in step with what was decided, opens
 * periods when their time comes.
 */
@Module({})
export class AggregatorModule implements OnModuleInit {
  constructor(
    private readonly checks: ReadyChecks,
    private readonly database: DatabasePing,
    private readonly publisher: MessagePublisher,
  ) {}

  static forRoot(config: MachConfig): DynamicModule {
    return {
      module: AggregatorModule,
      imports: [
        RuntimeModule.forRoot(config, 'aggregator'),
        PersistenceModule.forRoot({
          url: config.databaseUrl,
          poolSize: Math.max(config.databasePoolSize, FEWEST_CONNECTIONS),
          applicationName: 'mach-aggregator',
        }),
        MessagingModule.forRoot({
          redisUrl: config.redisUrl,
          prefix: config.queuePrefix,
          relay: true,
          clock: Clock,
          readiness: ReadyChecks,
        }),
      ],
      controllers: [ContinueImportHandler, DecideSubmissionHandler, RecomputeRollupHandler],
      providers: [
        { provide: HINTS, useFactory: () => new HintClient(config.redisUrl) },
        Applying,
        DecisionBatch,
        DecisionForms,
        BacklogSweep,
        DecisionsUnderWay,
        DryRun,
        FiguresHint,
        FiguresRecompute,
        ImportSweep,
        ImportWork,
        PeriodOpeningSweep,
        ReportMessages,
        RollupSweep,
        RowMeasures,
        RowSender,
        HintSweep,
        VerificationSweep,
        NodeHints,
        Yardsticks,
      ],
    };
  }

  onModuleInit(): void {
    this.checks.add('postgresql', () => this.database.ping());
    this.checks.add('redis', () => this.publisher.ping());
  }
}

/** Every message the aggregator takes, in every version that may still be on its way. */
export const AGGREGATOR_CONSUMES = [reportReceivedV1, reportReceivedV2, rollupRequested, importRequested];

/** What the aggregator consumes, and what becomes of jobs that cannot be done. */
export function aggregatorConsumers(config: MachConfig, setAside: SetAsideStore): TransportOptions {
  return {
    redisUrl: config.redisUrl,
    prefix: config.queuePrefix,
    consumes: AGGREGATOR_CONSUMES,
    concurrency: CONCURRENCY,
    onSetAside: (entry) => setAside.setAside(entry),
  };
}
