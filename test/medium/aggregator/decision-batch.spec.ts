import { randomBytes, randomUUID } from 'node:crypto';
import {
  ReportReceivedV1,
  ReportReceivedV2,
  reportReceivedV1,
  type RollupRequestedV1,
} from '@mach/contracts';
import { JobContext, type MessagePublisher } from '@mach/messaging';
import {
  DecisionStore,
  IntakeStore,
  OutboxStore,
  Transactions,
  type OutboxMessage,
  type ReceivedReport,
} from '@mach/persistence';
import { UuidGenerator } from '@mach/runtime';
import { DecideSubmissionHandler } from '../../../apps/aggregator/src/reports/decide-submission.handler';
import { DecisionBatch } from '../../../apps/aggregator/src/reports/decision-batch';
import { DecisionsUnderWay } from '../../../apps/aggregator/src/reports/decisions-under-way';
import { ReportMessages, type ReceivedReports } from '../../../apps/aggregator/src/reports/report-messages';
import { aMessage } from '../../support/a-message';
import { decisionForms } from '../../support/decision-forms';
import { FixedClock } from '../../support/fixed-clock';
import { type TestDatabase, openTestDatabase } from '../../support/test-database';
import { FORM, aContradiction, aPayload, aReceivedReport, envelopeFor, writeGroup } from './a-report';
import { CLOSES_AT, NOW, OPENS_AT, type PlantedTree, type PlantedUnit, plantTree } from './planted-tree';
import { readObligation, readSubmissions } from './read-figures';

const UNITS: readonly PlantedUnit[] = [
  { parent: null, asked: true, exempt: false },
  { parent: 0, asked: true, exempt: false },
  { parent: 0, asked: true, exempt: false },
  { parent: 0, asked: true, exempt: true },
];

/** Remembers what was woken and what was handed over; the rest of the publisher is not used by deciding. */
class PublisherRecorder implements Pick<MessagePublisher, 'wake' | 'publish'> {
  readonly woken: string[] = [];
  readonly published: OutboxMessage[] = [];

  wake(_definition: unknown, payload: object, key: string): Promise<void> {
    this.woken.push(`${key} ${String((payload as RollupRequestedV1).periodId)}`);
    return Promise.resolve();
  }

  publish(messages: readonly OutboxMessage[]): Promise<number> {
    this.published.push(...messages);
    return Promise.resolve(messages.length);
  }
}

jest.setTimeout(30_000);

describe('reports decided in one transaction', () => {
  let database: TestDatabase;
  let intake: IntakeStore;
  let outbox: OutboxStore;
  let batch: DecisionBatch;
  let tree: PlantedTree;
  let recorder: PublisherRecorder;
  let handler: DecideSubmissionHandler;

  beforeAll(async () => {
    database = await openTestDatabase();
    const { dataSource } = database;
    intake = new IntakeStore(dataSource);
    outbox = new OutboxStore(dataSource);
    const clock = new FixedClock();
    batch = new DecisionBatch(
      new Transactions(dataSource),
      new ReportMessages(outbox, new UuidGenerator(), clock),
      new DecisionStore(),
      decisionForms(dataSource),
      clock,
    );
  });

  beforeEach(async () => {
    await database.dataSource.query('delete from outbox');
    tree = await plantTree(database.dataSource, UNITS, FORM);
    recorder = new PublisherRecorder();
    handler = new DecideSubmissionHandler(
      batch,
      recorder as unknown as MessagePublisher,
      new DecisionsUnderWay(),
    );
  });

  afterAll(async () => {
    await database.close();
  });

  it('takes several reports of one obligation in the order of their receipt', async () => {
    const reports: ReceivedReport[] = [];
    for (const payload of [aPayload(1), aContradiction(2), aPayload(3), aPayload(4)])
      reports.push(aReceivedReport(tree, 1, payload, NOW, reports.at(-1)));
    const message = await writeGroup(intake, reports);
    const submissionIds = reports.map((report) => report.submissionId).reverse();
    await batch.decide([{ messageId: message.id, submissionIds }]);
    expect(await outcomes(reports)).toEqual(['superseded 1', 'rejected null', 'superseded 2', 'accepted 3']);
    expect(await readObligation(database.dataSource, tree, 1)).toMatchObject({
      acceptedSubmissionId: reports[3]?.submissionId,
      lastVersion: 3,
    });
  });

  it('writes a decision beside its report, so that no index is written again', async () => {
    const reports: ReceivedReport[] = [];
    for (let index = 0; index < 40; index += 1) {
      const payload = { ...aPayload(index), narratives: { results: randomBytes(400).toString('base64') } };
      const plain = aReceivedReport(tree, 1, aPayload(index), NOW, reports.at(-1));
      reports.push({ ...plain, payload: JSON.stringify(payload) });
    }
    const submissionIds = reports.map((report) => report.submissionId);
    const places = async (): Promise<Map<string, string>> => {
      const rows = await database.dataSource.query<{ id: string; block: string }[]>(
        `select id, split_part(ctid::text, ',', 1) as block from submission where id = any($1::uuid[]) and state = any($2)`,
        [submissionIds, ['received', 'accepted', 'superseded', 'rejected']],
      );
      return new Map(rows.map(({ id, block }) => [id, block]));
    };
    const message = await writeGroup(intake, reports);
    const before = await places();
    await batch.decide([{ messageId: message.id, submissionIds }]);
    const after = await places();
    expect(submissionIds.filter((id) => after.get(id) !== before.get(id))).toEqual([]);
  });

  it('lets PostgreSQL keep the statement that writes reports down', async () => {
    for (const unit of [1, 2]) await writeGroup(intake, [aReceivedReport(tree, unit, aPayload(unit))]);
    const kept = await database.dataSource.query<{ calls: string }[]>(
      `select generic_plans + custom_plans as calls from pg_prepared_statements where statement like '%insert into submission%'`,
    );
    expect(kept.map(({ calls }) => Number(calls) >= 2)).toEqual([true]);
  });

  it('decides what was received before on the same obligation with it, and takes no base from elsewhere', async () => {
    const first = aReceivedReport(tree, 1, aPayload(1));
    const elsewhere = aReceivedReport(tree, 2, aPayload(2));
    const second = aReceivedReport(tree, 1, aPayload(3), NOW, elsewhere);
    const third = aReceivedReport(tree, 1, aPayload(4), NOW, first);
    const reports = [first, elsewhere, second, third];
    const one = await writeGroup(intake, [first, elsewhere]);
    const two = await writeGroup(intake, [second]);
    const three = await writeGroup(intake, [third]);
    await batch.decide([asBatch(three)]);
    expect(await outcomes(reports)).toEqual(['superseded 1', 'received null', 'rejected null', 'accepted 2']);
    const rest = await batch.decide([asBatch(one), asBatch(two)]);
    expect(rest.submissions.map(({ id }) => id)).toEqual([elsewhere.submissionId]);
    expect(await outbox.pending()).toBe(0);
  });

  it.each(['together', 'one after the other'])(
    'takes a report that was refused for its base as no base for the next, decided %s',
    async (how) => {
      const ward = aReceivedReport(tree, 1, aPayload(1));
      const cell = aReceivedReport(tree, 1, aPayload(2));
      const again = aReceivedReport(tree, 1, aPayload(3), NOW, cell);
      const reports = [ward, cell, again];
      const messages = [];
      for (const report of reports) messages.push(asBatch(await writeGroup(intake, [report])));
      if (how === 'together') await batch.decide(messages);
      else for (const message of messages) await batch.decide([message]);
      expect(await outcomes(reports)).toEqual(['accepted 1', 'rejected null', 'rejected null']);
    },
  );

  it('decides nothing twice, not even when the same message is in the batch twice', async () => {
    const message = asBatch(await writeGroup(intake, [aReceivedReport(tree, 1, aPayload(1))]));
    const first = await batch.decide([message, message]);
    expect(first.submissions).toHaveLength(1);
    const again = await batch.decide([message]);
    expect(again).toMatchObject({ submissions: [], obligations: [] });
    expect(await readObligation(database.dataSource, tree, 1)).toMatchObject({ lastVersion: 1 });
  });

  it('decides of a batch that is settled in part only the other part', async () => {
    const [a, b] = [aReceivedReport(tree, 1, aPayload(1)), aReceivedReport(tree, 2, aPayload(2))];
    const [first, second] = [await writeGroup(intake, [a]), await writeGroup(intake, [b])];
    await batch.decide([asBatch(first)]);
    const output = await batch.decide([asBatch(first), asBatch(second)]);
    expect(output.submissions.map(({ id }) => id)).toEqual([b.submissionId]);
    expect(await outcomes([a, b])).toEqual(['accepted 1', 'accepted 1']);
  });

  it('leaves alone a submission that is decided although its message is there once more', async () => {
    const report = aReceivedReport(tree, 1, aPayload(1));
    const message = await writeGroup(intake, [report]);
    await batch.decide([asBatch(message)]);
    const replayed = { ...message, id: randomUUID() };
    await put(replayed);
    expect((await batch.decide([asBatch(replayed)])).submissions).toEqual([]);
    expect(await outcomes([report])).toEqual(['accepted 1']);
  });

  it('still decides the message of one report that an earlier release left', async () => {
    const report = aReceivedReport(tree, 1, aPayload(1));
    await writeGroup(intake, [report]);
    await database.dataSource.query('delete from outbox');
    const message = aMessage({
      version: reportReceivedV1.version,
      payload: { submissionId: report.submissionId },
    });
    await put(message);
    const payload = Object.assign(new ReportReceivedV1(), { submissionId: report.submissionId });
    expect(await handler.handleOne(payload, contextOf(message))).toBe('done');
    expect(await outcomes([report])).toEqual(['accepted 1']);
    expect(await outbox.pending()).toBe(0);
  });

  it('judges the window by the time of receipt, refuses exempt units and other versions of the form', async () => {
    const early = aReceivedReport(tree, 1, aPayload(1), OPENS_AT - 1);
    const late = aReceivedReport(tree, 1, aPayload(1), CLOSES_AT + 1);
    const exempt = aReceivedReport(tree, 3, aPayload(1));
    const other = await plantTree(database.dataSource, UNITS, FORM);
    const wrongForm = { ...aReceivedReport(tree, 2, aPayload(1)), formVersionId: other.formVersionId };
    const last = aReceivedReport(tree, 2, aPayload(1), CLOSES_AT);
    const reports = [early, late, exempt, wrongForm, last];
    await batch.decide([asBatch(await writeGroup(intake, reports))]);
    const read = await readSubmissions(
      database.dataSource,
      reports.map((report) => report.submissionId),
    );
    expect(read.map((s) => s.reasons?.map((reason) => reason.code) ?? s.state)).toEqual([
      ['report.notYetOpen'],
      ['report.closed'],
      ['report.exempt'],
      ['form.versionUnknown'],
      'accepted',
    ]);
  });

  it('wakes each roll-up once for a batch', async () => {
    const other = await plantTree(database.dataSource, UNITS, FORM);
    const messages = [];
    for (const each of [tree, other]) {
      for (const unit of [1, 2])
        messages.push(await writeGroup(intake, [aReceivedReport(each, unit, aPayload(unit))]));
    }
    await Promise.all(messages.map((message) => handle(message)));
    expect(recorder.woken.sort()).toEqual(
      [tree, other]
        .map((each) => `${each.requirementId}.${String(each.periodId)} ${String(each.periodId)}`)
        .sort(),
    );
  });

  describe('a group that fails', () => {
    const groupWithAnOrphan = async () => {
      const good = Array.from({ length: 20 }, (_, i) => aReceivedReport(tree, i % 3, aPayload(i + 1)));
      const message = await writeGroup(intake, good);
      const orphan = randomUUID();
      const payload = { submissionIds: [orphan, ...good.map((report) => report.submissionId)] };
      await database.dataSource.query('update outbox set payload = $2 where id = $1', [message.id, payload]);
      return { good, orphan, message: { ...message, payload } };
    };

    it('becomes a message for each report, so that only the bad one is tried again', async () => {
      const { good, orphan, message } = await groupWithAnOrphan();
      expect(await handle(message)).toBe('done');
      expect(recorder.published.map(idsOf)).toEqual([
        [orphan],
        ...good.map((report) => [report.submissionId]),
      ]);
      expect(await outbox.pending()).toBe(21);
      const answers = await Promise.allSettled(recorder.published.map((single) => handle(single)));
      expect(answers.map((answer) => answer.status)).toEqual(['rejected', ...good.map(() => 'fulfilled')]);
      expect((await outcomes(good)).filter((outcome) => outcome.startsWith('accepted'))).toHaveLength(3);
      expect(await outcomes(good)).not.toContain('received null');
      expect(await outbox.pending()).toBe(1);
      expect(recorder.published).toHaveLength(21);
    });

    it('does not fail the groups that were taken together with it', async () => {
      const { message } = await groupWithAnOrphan();
      const other = aReceivedReport(tree, 1, aPayload(50));
      const sound = await writeGroup(intake, [other]);
      expect(await Promise.all([handle(message), handle(sound)])).toEqual(['done', 'done']);
      expect(await outcomes([other])).not.toContain('received null');
    });

    it('splits once however often its message comes, and leaves out what is decided', async () => {
      const { good, orphan, message } = await groupWithAnOrphan();
      await decideAlone(good.slice(0, 5));
      await Promise.all([handle(message), handle(message), handle(message)]);
      expect(recorder.published.map(idsOf)).toEqual([
        [orphan],
        ...good.slice(5).map((report) => [report.submissionId]),
      ]);
      expect(await handle(message)).toBe('done');
      expect(recorder.published).toHaveLength(16);
    });

    it('is split without being tried when it may be what ends processes', async () => {
      const reports = [1, 2].map((unit) => aReceivedReport(tree, unit, aPayload(unit)));
      const message = await writeGroup(intake, reports);
      await handler.handle(groupOf(message), contextOf(message, true));
      expect(recorder.published.map(idsOf)).toEqual(reports.map((report) => [report.submissionId]));
      expect(await outcomes(reports)).toEqual(['received null', 'received null']);
    });

    async function decideAlone(reports: readonly ReceivedReport[]): Promise<void> {
      const id = randomUUID();
      const submissionIds = reports.map((report) => report.submissionId);
      await put(aMessage({ id, payload: { submissionIds } }));
      await batch.decide([{ messageId: id, submissionIds }]);
    }
  });

  async function outcomes(reports: readonly ReceivedReport[]): Promise<string[]> {
    const read = await readSubmissions(
      database.dataSource,
      reports.map((report) => report.submissionId),
    );
    return read.map((s) => `${s.state} ${String(s.version)}`);
  }

  function handle(message: OutboxMessage) {
    return handler.handle(groupOf(message), contextOf(message));
  }

  async function put(message: OutboxMessage): Promise<void> {
    await database.dataSource.transaction((tx) => outbox.add(tx, [message]));
  }
});

function idsOf(message: OutboxMessage): readonly string[] {
  return (message.payload as ReportReceivedV2).submissionIds;
}

function asBatch(message: OutboxMessage): ReceivedReports {
  return { messageId: message.id, submissionIds: idsOf(message) };
}

function groupOf(message: OutboxMessage): ReportReceivedV2 {
  return Object.assign(new ReportReceivedV2(), { submissionIds: idsOf(message) });
}

function contextOf(message: OutboxMessage, suspect = false): JobContext {
  return new JobContext(envelopeFor(message), { attempt: 1, suspect });
}
