import { randomUUID } from 'node:crypto';
import { ReportReceivedV1, type RollupRequestedV1 } from '@mach/contracts';
import { JobContext, type MessagePublisher } from '@mach/messaging';
import {
  DecisionStore,
  FormStore,
  IntakeStore,
  OutboxStore,
  Transactions,
  type ReceivedReport,
} from '@mach/persistence';
import { DecideSubmissionHandler } from '../../../apps/aggregator/src/reports/decide-submission.handler';
import { DecisionBatch } from '../../../apps/aggregator/src/reports/decision-batch';
import { DecisionsUnderWay } from '../../../apps/aggregator/src/reports/decisions-under-way';
import { FixedClock } from '../../support/fixed-clock';
import { type TestDatabase, openTestDatabase } from '../../support/test-database';
import { FORM, aContradiction, aPayload, aReceivedReport } from './a-report';
import { CLOSES_AT, NOW, OPENS_AT, type PlantedTree, type PlantedUnit, plantTree } from './planted-tree';
import { readObligation, readSubmissions } from './read-figures';

const UNITS: readonly PlantedUnit[] = [
  { parent: null, asked: true, exempt: false },
  { parent: 0, asked: true, exempt: false },
  { parent: 0, asked: true, exempt: false },
  { parent: 0, asked: true, exempt: true },
];

/** Remembers what was woken; the rest of the publisher is not used by deciding. */
class WakeRecorder implements Pick<MessagePublisher, 'wake'> {
  readonly woken: string[] = [];

  wake(_definition: unknown, payload: object, key: string): Promise<void> {
    this.woken.push(`${key} ${String((payload as RollupRequestedV1).periodId)}`);
    return Promise.resolve();
  }
}

jest.setTimeout(30_000);

describe('reports decided in one transaction', () => {
  let database: TestDatabase;
  let intake: IntakeStore;
  let batch: DecisionBatch;
  let tree: PlantedTree;

  beforeAll(async () => {
    database = await openTestDatabase();
    const { dataSource } = database;
    intake = new IntakeStore(dataSource);
    batch = new DecisionBatch(
      new Transactions(dataSource),
      new OutboxStore(dataSource),
      new DecisionStore(),
      new FormStore(dataSource),
      new FixedClock(),
    );
  });

  beforeEach(async () => {
    tree = await plantTree(database.dataSource, UNITS, FORM);
  });

  afterAll(async () => {
    await database.close();
  });

  it('takes several reports of one obligation in the order of their receipt', async () => {
    const reports: ReceivedReport[] = [];
    for (const payload of [aPayload(1), aContradiction(2), aPayload(3), aPayload(4)])
      reports.push(aReceivedReport(tree, 1, payload, NOW, reports.at(-1)));
    await intake.receive(reports);
    await batch.decide([...reports].reverse().map(asMessage));
    expect(await outcomes(reports)).toEqual(['superseded 1', 'rejected null', 'superseded 2', 'accepted 3']);
    expect(await readObligation(database.dataSource, tree, 1)).toMatchObject({
      acceptedSubmissionId: reports[3]?.submissionId,
      lastVersion: 3,
    });
  });

  it('decides what was received before on the same obligation with it, and takes no base from elsewhere', async () => {
    const first = aReceivedReport(tree, 1, aPayload(1));
    const elsewhere = aReceivedReport(tree, 2, aPayload(2));
    const second = aReceivedReport(tree, 1, aPayload(3), NOW, elsewhere);
    const third = aReceivedReport(tree, 1, aPayload(4), NOW, first);
    const reports = [first, elsewhere, second, third];
    await intake.receive([first, elsewhere]);
    await intake.receive([second, third]);
    await batch.decide([asMessage(third)]);
    expect(await outcomes(reports)).toEqual(['superseded 1', 'received null', 'rejected null', 'accepted 2']);
    const rest = await batch.decide([first, elsewhere, second].map(asMessage));
    expect(rest.submissions.map(({ id }) => id)).toEqual([elsewhere.submissionId]);
    expect(await new OutboxStore(database.dataSource).pending()).toBe(0);
  });

  it.each(['together', 'one after the other'])(
    'takes a report that was refused for its base as no base for the next, decided %s',
    async (how) => {
      const ward = aReceivedReport(tree, 1, aPayload(1));
      const cell = aReceivedReport(tree, 1, aPayload(2));
      const again = aReceivedReport(tree, 1, aPayload(3), NOW, cell);
      const reports = [ward, cell, again];
      await intake.receive(reports);
      if (how === 'together') await batch.decide(reports.map(asMessage));
      else for (const report of reports) await batch.decide([asMessage(report)]);
      expect(await outcomes(reports)).toEqual(['accepted 1', 'rejected null', 'rejected null']);
    },
  );

  it('decides nothing twice, not even when the same message is in the batch twice', async () => {
    const report = aReceivedReport(tree, 1, aPayload(1));
    await intake.receive([report]);
    const first = await batch.decide([asMessage(report), asMessage(report)]);
    expect(first.submissions).toHaveLength(1);
    const again = await batch.decide([asMessage(report)]);
    expect(again).toMatchObject({ submissions: [], obligations: [] });
    expect(await readObligation(database.dataSource, tree, 1)).toMatchObject({ lastVersion: 1 });
  });

  it('leaves alone a submission that is decided although its message is there once more', async () => {
    const report = aReceivedReport(tree, 1, aPayload(1));
    await intake.receive([report]);
    await batch.decide([asMessage(report)]);
    const replayed = { ...report.message, id: randomUUID() };
    await database.dataSource.transaction((tx) => new OutboxStore(database.dataSource).add(tx, [replayed]));
    expect(
      (await batch.decide([{ messageId: replayed.id, submissionId: report.submissionId }])).submissions,
    ).toEqual([]);
    expect(await outcomes([report])).toEqual(['accepted 1']);
  });

  it('judges the window by the time of receipt, refuses exempt units and other versions of the form', async () => {
    const early = aReceivedReport(tree, 1, aPayload(1), OPENS_AT - 1);
    const late = aReceivedReport(tree, 1, aPayload(1), CLOSES_AT + 1);
    const exempt = aReceivedReport(tree, 3, aPayload(1));
    const other = await plantTree(database.dataSource, UNITS, FORM);
    const wrongForm = { ...aReceivedReport(tree, 2, aPayload(1)), formVersionId: other.formVersionId };
    const last = aReceivedReport(tree, 2, aPayload(1), CLOSES_AT);
    const reports = [early, late, exempt, wrongForm, last];
    await intake.receive(reports);
    await batch.decide(reports.map(asMessage));
    const read = await readSubmissions(
      database.dataSource,
      reports.map((report) => report.submissionId),
    );
    expect(read.map((s) => s.reasons?.map((reason) => reason.code) ?? s.state)).toEqual([
      ['report.notYetOpen'],
      ['report.closed'],
      ['report.obligationExempt'],
      ['report.formVersionMismatch'],
      'accepted',
    ]);
  });

  it('lets a report that cannot be decided fail alone and keeps its message', async () => {
    const good = Array.from({ length: 20 }, (_, i) => aReceivedReport(tree, i % 3, aPayload(i + 1)));
    const orphan = { ...aReceivedReport(tree, 1, aPayload(1)) };
    await intake.receive(good);
    await database.dataSource.transaction((tx) =>
      new OutboxStore(database.dataSource).add(tx, [orphan.message]),
    );
    const recorder = new WakeRecorder();
    const handler = new DecideSubmissionHandler(
      batch,
      recorder as unknown as MessagePublisher,
      new DecisionsUnderWay(),
    );
    const answers = await Promise.allSettled(
      [orphan, ...good].map((report) => handler.handle(payloadOf(report), contextOf(report))),
    );
    expect(answers.map((answer) => answer.status)).toEqual(['rejected', ...good.map(() => 'fulfilled')]);
    expect((await outcomes(good)).filter((outcome) => outcome.startsWith('accepted'))).toHaveLength(3);
    expect(await outcomes(good)).not.toContain('received null');
    expect(await new OutboxStore(database.dataSource).pending()).toBe(1);
    expect(new Set(recorder.woken)).toEqual(
      new Set([`${tree.requirementId}.${String(tree.periodId)} ${String(tree.periodId)}`]),
    );
  });

  it('wakes each roll-up once for a batch', async () => {
    const other = await plantTree(database.dataSource, UNITS, FORM);
    const reports = [tree, other].flatMap((each) =>
      [1, 2].map((unit) => aReceivedReport(each, unit, aPayload(unit))),
    );
    await intake.receive(reports);
    const recorder = new WakeRecorder();
    const handler = new DecideSubmissionHandler(
      batch,
      recorder as unknown as MessagePublisher,
      new DecisionsUnderWay(),
    );
    await Promise.all(reports.map((report) => handler.handle(payloadOf(report), contextOf(report))));
    expect(recorder.woken.sort()).toEqual(
      [tree, other]
        .map((each) => `${each.requirementId}.${String(each.periodId)} ${String(each.periodId)}`)
        .sort(),
    );
  });

  async function outcomes(reports: readonly ReceivedReport[]): Promise<string[]> {
    const read = await readSubmissions(
      database.dataSource,
      reports.map((report) => report.submissionId),
    );
    return read.map((s) => `${s.state} ${String(s.version)}`);
  }
});

function asMessage(report: ReceivedReport): { messageId: string; submissionId: string } {
  return { messageId: report.message.id, submissionId: report.submissionId };
}

function payloadOf({ submissionId }: ReceivedReport): ReportReceivedV1 {
  return Object.assign(new ReportReceivedV1(), { submissionId });
}

function contextOf({ message }: ReceivedReport): JobContext {
  const { id, name, version, correlationId, causationId, payload } = message;
  return new JobContext(
    { id, name, version, correlationId, causationId, payload, occurredAt: new Date(NOW).toISOString() },
    1,
  );
}
