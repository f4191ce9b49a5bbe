import {
  DecisionStore,
  FormStore,
  IntakeStore,
  OutboxStore,
  RollupStore,
  Transactions,
} from '@mach/persistence';
import { compileForm, type SoundReport } from '@mach/domain';
import { JobContext, OutboxRelay } from '@mach/messaging';
import type { IdGenerator } from '@mach/runtime';
import type { DataSource } from 'typeorm';
import type { FiguresHint } from '../../../apps/aggregator/src/figures/figures-hint';
import { FiguresRecompute } from '../../../apps/aggregator/src/figures/figures-recompute';
import { RecomputeRollupHandler } from '../../../apps/aggregator/src/figures/recompute-rollup.handler';
import { RollupSweep } from '../../../apps/aggregator/src/figures/rollup.sweep';
import { DecideSubmissionHandler } from '../../../apps/aggregator/src/reports/decide-submission.handler';
import { DecisionBatch } from '../../../apps/aggregator/src/reports/decision-batch';
import { DecisionsUnderWay } from '../../../apps/aggregator/src/reports/decisions-under-way';
import { ReportMessages } from '../../../apps/aggregator/src/reports/report-messages';
import { Deadline } from '../../../apps/gateway/src/edge/deadline';
import { ReportIntake } from '../../../apps/gateway/src/intake/report-intake';
import { ProblemException } from '../../../apps/gateway/src/problems/problem.exception';
import { decisionForms } from '../../support/decision-forms';
import type { FixedClock } from '../../support/fixed-clock';
import { FORM } from '../aggregator/a-report';
import type { PlantedTree } from '../aggregator/planted-tree';
import { type AdversarialQueue, envelopeOf, type SimulatedJob } from './adversarial-queue';
import { type Intent, payloadOf } from './clerks';
import { type Mishap, SimulatedProcess } from './simulated-process';

/** A gateway: the intake as it is, on a process that may die. */
export class Gateway {
  private readonly intake: ReportIntake;

  constructor(
    readonly process: SimulatedProcess,
    private readonly clock: FixedClock,
    private readonly tree: PlantedTree,
    queue: AdversarialQueue,
    ids: IdGenerator,
  ) {
    this.intake = new ReportIntake(new IntakeStore(process.dataSource), queue.publisherOf(process), ids);
  }

  /** Hands in what the clerks intend, all at once, and notes the receipts that reached them. */
  async handIn(intents: readonly Intent[], mishap: Mishap | null): Promise<void> {
    await this.process.run(() => Promise.all(intents.map((intent) => this.one(intent))), mishap);
  }

  private async one(intent: Intent): Promise<void> {
    const payload = payloadOf(intent);
    const receipt = await this.intake.receive({
      accountId: this.tree.accountId,
      idempotencyKey: intent.key,
      body: Buffer.from(JSON.stringify({ payload, basedOn: intent.basedOn, key: intent.key })),
      obligationId: Number(this.tree.obligationIds[intent.unit]),
      formVersionId: this.tree.formVersionId,
      payload,
      judged: judgedOf(intent),
      basedOn: intent.basedOn,
      receivedAt: this.clock.now(),
      deadline: new Deadline(() => new ProblemException('server.busy')),
    });
    // An answer of a process that died did not reach anybody.
    if (!this.process.isDead) intent.receipt = receipt.receiptNumber;
  }
}

const form = compileForm(FORM);

/** What the door finds of a right report; imports leave that to the decision, as every second one does here. */
function judgedOf(intent: Intent): SoundReport | null {
  const checked = form.check(payloadOf(intent));
  return checked.ok && intent.size % 2 === 0 ? checked : null;
}

/** An aggregator: its consumers, its sweep and the relay beside it, on a process that may die or stall. */
export class Aggregator {
  private readonly decide: DecideSubmissionHandler;
  private readonly underWay = new DecisionsUnderWay();
  private readonly relay: OutboxRelay;
  private readonly forms: FormStore;
  private readonly rollups: RollupStore;

  constructor(
    readonly process: SimulatedProcess,
    private readonly clock: FixedClock,
    private readonly queue: AdversarialQueue,
    ids: IdGenerator,
  ) {
    const { dataSource } = process;
    const publisher = queue.publisherOf(process);
    const outbox = new OutboxStore(dataSource);
    const transactions = new Transactions(dataSource);
    this.forms = new FormStore(dataSource);
    this.rollups = new RollupStore(dataSource, transactions);
    this.relay = new OutboxRelay(outbox, publisher);
    const messages = new ReportMessages(outbox, ids, clock);
    const measures = decisionForms(dataSource);
    const batch = new DecisionBatch(transactions, messages, new DecisionStore(), measures, clock);
    this.decide = new DecideSubmissionHandler(batch, publisher, this.underWay);
  }

  /** Takes a job off the queue as a worker does: it leaves when it is done, and only then. */
  async take(job: SimulatedJob): Promise<void> {
    job.attempts += 1;
    const answer = await this.call(job);
    if (answer !== 'later' && !this.process.isDead) this.queue.remove(job);
  }

  async sweep(): Promise<void> {
    await new RollupSweep(this.rollups, this.figures()).runOnce();
  }

  async relayOnce(): Promise<void> {
    await this.relay.runOnce();
  }

  private call(job: SimulatedJob): Promise<unknown> {
    const context = new JobContext(envelopeOf(job, this.clock.now()), {
      attempt: job.attempts,
      suspect: job.attempts > 4,
    });
    switch (job.queue) {
      case 'intake':
        return this.decide.handle(job.payload as { submissionIds: readonly string[] }, context);
      case 'rollup':
        return new RecomputeRollupHandler(this.figures()).handle(
          job.payload as { requirementId: string; periodId: number },
        );
      case 'notice':
      case 'delivery':
      case 'imports':
        throw new Error(`an aggregator here consumes nothing of ${job.queue}`);
    }
  }

  /** Anew each time: between two runs a real one rests, and here nobody waits. */
  private figures(): FiguresRecompute {
    const hint = { send: () => undefined } as unknown as FiguresHint;
    return new FiguresRecompute(this.rollups, this.forms, this.clock, hint, this.underWay);
  }
}

/** What all processes of one run share. */
export interface World {
  readonly url: string;
  readonly administrator: DataSource;
  readonly clock: FixedClock;
  readonly tree: PlantedTree;
  readonly queue: AdversarialQueue;
  readonly ids: IdGenerator;
}

/** Starts the processes of one run; each has a name of its own, by which PostgreSQL knows its connections. */
export class Machines {
  private started = 0;

  constructor(
    private readonly run: string,
    private readonly world: World,
  ) {}

  async gateway(): Promise<Gateway> {
    const { clock, tree, queue, ids } = this.world;
    return new Gateway(await this.start('gateway'), clock, tree, queue, ids);
  }

  async aggregator(): Promise<Aggregator> {
    const { clock, queue, ids } = this.world;
    return new Aggregator(await this.start('aggregator'), clock, queue, ids);
  }

  private start(role: string): Promise<SimulatedProcess> {
    this.started += 1;
    const name = `${this.run}-${role}-${String(this.started)}`;
    return SimulatedProcess.start(name, this.world.url, this.world.administrator);
  }
}
