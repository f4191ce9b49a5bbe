import { compileForm, emptyCounts, type SoundReport } from '@mach/domain';
import { Queue } from 'bullmq';
import { figuresChanged, patternOf, reportReceivedV2 } from '@mach/contracts';
import type { ReceivedReport } from '@mach/persistence';
import { ReadyChecks } from '@mach/runtime';
import { aMessage } from '../../support/a-message';
import { eventually } from '../../support/eventually';
import { FORM, aContradiction, aPayload, aReceivedReport, envelopeFor } from './a-report';
import { OPS, type Sent, expectedShare } from './oracle';
import { DEADLINE, NOW, type PlantedTree, type PlantedUnit, plantTree } from './planted-tree';
import { readNodes, readObligation, readSubmissions } from './read-figures';
import { type RunningAggregator, runAggregator } from './running-aggregator';

/** City (0) → two communes (1, 2) → two cells each (3, 4 and 5, 6); everyone is asked. */
const UNITS: readonly PlantedUnit[] = [null, 0, 0, 1, 1, 2, 2].map((parent) => ({
  parent,
  asked: true,
  exempt: false,
}));

jest.setTimeout(60_000);

/** What the door finds of `aPayload(size)`. */
function found(size: number): SoundReport {
  const checked = compileForm(FORM).check(aPayload(size));
  if (!checked.ok) throw new Error('the sample is wrong');
  return checked;
}

describe('the aggregator, running', () => {
  let aggregator: RunningAggregator;
  let tree: PlantedTree;

  beforeAll(async () => {
    aggregator = await runAggregator();
  });

  beforeEach(async () => {
    tree = await plantTree(aggregator.database.dataSource, UNITS, FORM);
  });

  afterAll(async () => {
    await aggregator.close();
  });

  it('accepts a report and carries its figures to the root', async () => {
    const report = aReceivedReport(tree, 3, aPayload(20));
    await aggregator.handIn(report);
    await aggregator.settled(tree);
    expect(await states(report)).toEqual([
      { state: 'accepted', version: 1, figures: expect.anything() as unknown, reasons: null },
    ]);
    expect(await readObligation(db(), tree, 3)).toEqual({
      receivedAt: NOW,
      firstAcceptedAt: NOW,
      acceptedSubmissionId: report.submissionId,
      lastVersion: 1,
      hasNotice: false,
    });
    const [root, first, second] = await readNodes(db(), tree);
    expect(root?.counts).toEqual({ ...emptyCounts(), expected: 7, received: 1, accepted: 1, onTime: 1 });
    expect(first?.counts).toEqual({ ...emptyCounts(), expected: 3, received: 1, accepted: 1, onTime: 1 });
    expect(second?.counts).toEqual({ ...emptyCounts(), expected: 3 });
    expect(root?.latestReceivedAt).toBe(NOW);
    await expectRoot([{ unit: 3, payload: aPayload(20), receivedAt: NOW }]);
  });

  it('replaces the figures by those of a correction, exactly', async () => {
    const first = aReceivedReport(tree, 3, aPayload(20));
    await aggregator.handIn(first, aReceivedReport(tree, 5, aPayload(50)));
    await aggregator.settled(tree);
    const correction = aReceivedReport(tree, 3, aPayload(11), DEADLINE + 1, first);
    await aggregator.handIn(correction);
    await aggregator.settled(tree);
    expect((await states(first, correction)).map((s) => [s.state, s.version])).toEqual([
      ['superseded', 1],
      ['accepted', 2],
    ]);
    // A correction sent after the deadline does not make a report late that was in time.
    await expectRoot([
      { unit: 3, payload: aPayload(20), receivedAt: NOW },
      { unit: 5, payload: aPayload(50), receivedAt: NOW },
      { unit: 3, payload: aPayload(11), receivedAt: DEADLINE + 1 },
    ]);
  });

  it('counts who says that nothing happened, until a correction says that something did', async () => {
    const nothing = {
      sessions: 0,
      attendance: { numerator: 0, denominator: 0 },
      members: 0,
      satisfaction: '0',
    };
    const nil = { ...aPayload(0, nothing), nil: true as const };
    const first = aReceivedReport(tree, 3, nil);
    await aggregator.handIn(first, aReceivedReport(tree, 5, nil), aReceivedReport(tree, 4, aPayload(20)));
    await aggregator.settled(tree);
    expect((await readNodes(db(), tree)).map(({ counts }) => [counts.accepted, counts.nil])).toEqual([
      [3, 2],
      [2, 1],
      [1, 1],
    ]);
    await aggregator.handIn(aReceivedReport(tree, 3, aPayload(20), NOW, first));
    await aggregator.settled(tree);
    expect((await readNodes(db(), tree)).map(({ counts }) => [counts.accepted, counts.nil])).toEqual([
      [3, 1],
      [2, 0],
      [1, 1],
    ]);
  });

  it('counts what the door found of a report, and judges it no second time', async () => {
    const report = { ...aReceivedReport(tree, 3, aContradiction(30)), judged: found(20) };
    await aggregator.handIn(report);
    await aggregator.settled(tree);
    expect(await states(report)).toMatchObject([{ state: 'accepted', version: 1, reasons: null }]);
    await expectRoot([{ unit: 3, payload: aPayload(20), receivedAt: NOW }]);
  });

  it('takes back what the door found of a report that replaces another unseen', async () => {
    const first = { ...aReceivedReport(tree, 3, aPayload(20)), judged: found(20) };
    const unseen = { ...aReceivedReport(tree, 3, aPayload(11)), judged: found(11) };
    await aggregator.handIn(first, unseen);
    await aggregator.settled(tree);
    expect((await states(first, unseen)).map(({ state, figures }) => [state, figures !== null])).toEqual([
      ['accepted', true],
      ['rejected', false],
    ]);
    await expectRoot([{ unit: 3, payload: aPayload(20), receivedAt: NOW }]);
  });

  it('rejects a contradictory report with its reasons and leaves the figures as they were', async () => {
    const good = aReceivedReport(tree, 3, aPayload(20));
    await aggregator.handIn(good);
    await aggregator.settled(tree);
    const before = await readNodes(db(), tree);
    const badCorrection = aReceivedReport(tree, 3, aContradiction(30), NOW, good);
    await aggregator.handIn(badCorrection);
    await aggregator.settled(tree);
    expect(await readNodes(db(), tree)).toEqual(before);
    const [rejected] = await states(badCorrection);
    expect(rejected).toMatchObject({ state: 'rejected', version: null, figures: null });
    expect(rejected?.reasons?.map((reason) => reason.code)).toEqual(['figure.partExceedsWhole']);
    expect(await readObligation(db(), tree, 3)).toMatchObject({
      acceptedSubmissionId: good.submissionId,
      lastVersion: 1,
    });

    const onlyBad = aReceivedReport(tree, 4, aContradiction(30));
    await aggregator.handIn(onlyBad);
    await aggregator.settled(tree);
    expect(await readObligation(db(), tree, 4)).toMatchObject({
      acceptedSubmissionId: null,
      firstAcceptedAt: null,
      hasNotice: true,
    });
    await expectRoot([
      { unit: 3, payload: aPayload(20), receivedAt: NOW },
      { unit: 3, payload: aContradiction(30), receivedAt: NOW },
      { unit: 4, payload: aContradiction(30), receivedAt: NOW },
    ]);
  });

  it('decides an older report first although its message comes after that of a newer one', async () => {
    const older = aReceivedReport(tree, 3, aPayload(20), DEADLINE);
    const newer = aReceivedReport(tree, 3, aPayload(11), DEADLINE + 1, older);
    const first = await aggregator.writeDown([older]);
    const second = await aggregator.writeDown([newer]);
    await aggregator.publisher.publish(second);
    await eventually(async () => (await states(newer))[0]?.state === 'accepted');
    await aggregator.publisher.publish(first);
    await aggregator.settled(tree);
    expect((await states(older, newer)).map((s) => [s.state, s.version])).toEqual([
      ['superseded', 1],
      ['accepted', 2],
    ]);
    await expectRoot([
      { unit: 3, payload: aPayload(20), receivedAt: DEADLINE },
      { unit: 3, payload: aPayload(11), receivedAt: DEADLINE + 1 },
    ]);
  });

  it('lets only one of two that had not seen each other count, and tells the other', async () => {
    const ward = aReceivedReport(tree, 3, aPayload(20));
    const cell = aReceivedReport(tree, 3, aPayload(11));
    await aggregator.handIn(ward, cell);
    await aggregator.settled(tree);
    const [first, second] = await states(ward, cell);
    expect(first).toMatchObject({ state: 'accepted', version: 1 });
    expect(second).toMatchObject({ state: 'rejected', version: null });
    expect(second?.reasons?.map(({ code }) => code)).toEqual(['report.baseChanged']);
    await expectRoot([
      { unit: 3, payload: aPayload(20), receivedAt: NOW },
      { unit: 3, payload: aPayload(11), receivedAt: NOW, seenNone: true },
    ]);
    const onTop = aReceivedReport(tree, 3, aPayload(11), NOW, ward);
    await aggregator.handIn(onTop);
    await aggregator.settled(tree);
    expect((await states(ward, onTop)).map((s) => s.state)).toEqual(['superseded', 'accepted']);
  });

  it('has one effect however often a message comes, at once or later', async () => {
    const report = aReceivedReport(tree, 3, aPayload(20));
    const [message] = await aggregator.writeDown([report]);
    if (message === undefined) throw new Error('nothing was written down');
    await withIntakeQueue(async (queue) => {
      // Jobs of their own with the same envelope: they really run, side by side.
      for (let copy = 0; copy < 3; copy += 1) await queue.add(patternOf(message), envelopeFor(message));
      await aggregator.settled(tree);
      const once = await snapshot(report);
      expect(once.submissions).toEqual([expect.objectContaining({ state: 'accepted', version: 1 })]);

      // A process killed between commit and acknowledgement: the job comes again under its own id, long after
      // its effect.
      await queue.add(patternOf(message), envelopeFor(message), {
        jobId: message.id,
        removeOnComplete: true,
      });
      await aggregator.settled(tree);
      expect(await snapshot(report)).toEqual(once);
    });
  });

  it('decides everything exactly although Redis is emptied again and again', async () => {
    const sent: Sent[] = Array.from({ length: 600 }, (_, i) => ({
      unit: i % 7,
      payload: aPayload(i + 1),
      receivedAt: NOW + i,
    }));
    const newest = new Map<number, ReceivedReport>();
    const reports = sent.map(({ unit, payload, receivedAt }) => {
      const report = aReceivedReport(tree, unit, payload, receivedAt, newest.get(unit));
      newest.set(unit, report);
      return report;
    });
    const messages = await aggregator.writeDown(reports);
    for (let from = 0; from < messages.length; from += 5) {
      await aggregator.publisher.publish(messages.slice(from, from + 5));
      await aggregator.redis.forget();
    }
    expect(await aggregator.outbox.pending()).toBeGreaterThan(0);
    await aggregator.settled(tree, 30_000);
    await expectRoot(sent);
  });

  it('sets a malformed job aside and goes on with the queue', async () => {
    const report = aReceivedReport(tree, 3, aPayload(20));
    await withIntakeQueue(async (queue) => {
      await queue.add(patternOf(reportReceivedV2), {
        ...envelopeFor(aMessage({ version: 2 })),
        payload: { submissionIds: ['không phải mã'] },
      });
      await queue.add('report.forgotten.v9', {});
      await aggregator.handIn(report);
      await aggregator.settled(tree);
    });
    expect((await states(report))[0]?.state).toBe('accepted');
    const aside = await eventually(async () => {
      const rows: { reason: string }[] = await db().query(
        'select reason from set_aside_message order by set_aside_at',
      );
      return rows.length === 2 && rows;
    });
    expect(aside.map((row) => row.reason).sort()).toEqual([
      expect.stringContaining('no message is called "report.forgotten.v9"'),
      expect.stringContaining('submissionIds'),
    ]);
  });

  it('recomputes what is dirty even when nobody wakes it', async () => {
    await db().query(
      'update rollup_node set dirty_seq = dirty_seq + 1, expected = 99 where requirement_id = $1',
      [tree.requirementId],
    );
    await eventually(async () => (await readNodes(db(), tree)).every((node) => node.exact));
    expect((await readNodes(db(), tree))[0]?.counts.expected).toBe(7);
  });

  it('takes up after a stop what was written down meanwhile', async () => {
    await aggregator.stop();
    const report = aReceivedReport(tree, 3, aPayload(20));
    await aggregator.writeDown([report]);
    expect(await aggregator.outbox.pending()).toBe(1);
    await aggregator.start();
    await aggregator.settled(tree);
    await expectRoot([{ unit: 3, payload: aPayload(20), receivedAt: NOW }]);
  });

  it('hints which units changed', async () => {
    await aggregator.settled(tree);
    const listener = aggregator.redis.client.duplicate();
    const heard: { readonly data: { readonly requirement: string } }[] = [];
    listener.on('message', (_channel, text: string) =>
      heard.push(JSON.parse(text) as (typeof heard)[number]),
    );
    await listener.subscribe(figuresChanged.name);
    await aggregator.handIn(aReceivedReport(tree, 5, aPayload(20)));
    const hint = await eventually(() => heard.find(({ data }) => data.requirement === tree.requirementCode));
    await listener.quit();
    expect(hint.data).toEqual({
      requirement: tree.requirementCode,
      period: '2026-11',
      units: [tree.unitCodes[2], tree.unitCodes[0]],
    });
  });

  it('says of each of its sweeps, and of what it cannot work without, whether it is ready', async () => {
    expect(await aggregator.app().get(ReadyChecks).run()).toEqual({
      ready: true,
      checks: {
        postgresql: 'up',
        redis: 'up',
        decisions: 'up',
        'sweep backlog': 'up',
        'sweep clock-offset': 'up',
        'sweep outbox relay': 'up',
        'sweep hints': 'up',
        'sweep imports': 'up',
        'sweep period-opening': 'up',
        'sweep rollup': 'up',
        'sweep verification': 'up',
      },
    });
  });

  it('stops and starts again', async () => {
    const before = aggregator.app();
    await aggregator.stop();
    expect(await before.get(ReadyChecks).run()).toMatchObject({ ready: false });
    await aggregator.start();
    expect(await aggregator.app().get(ReadyChecks).run()).toMatchObject({ ready: true });
  });

  function db() {
    return aggregator.database.dataSource;
  }

  function states(...reports: readonly ReceivedReport[]) {
    return readSubmissions(
      db(),
      reports.map((report) => report.submissionId),
    );
  }

  async function snapshot(report: ReceivedReport) {
    const rows: unknown[] = await db().query(
      'select unit_id, dirty_seq, computed_seq, accepted from rollup_node where requirement_id = $1 order by 1',
      [tree.requirementId],
    );
    return {
      submissions: await states(report),
      obligation: await readObligation(db(), tree, 3),
      nodes: rows,
    };
  }

  async function expectRoot(sent: readonly Sent[]): Promise<void> {
    const [root] = await readNodes(db(), tree);
    const { counts, accumulators } = expectedShare(UNITS, sent);
    expect(root).toMatchObject({ unit: 0, counts, exact: true });
    expect(root?.accumulators).toEqual(accumulators);
    expect(root?.accumulators).toHaveLength(OPS.length);
  }

  async function withIntakeQueue(work: (queue: Queue) => Promise<void>): Promise<void> {
    const queue = new Queue('intake', {
      connection: { url: aggregator.redis.url },
      prefix: aggregator.redis.prefix,
    });
    try {
      await work(queue);
    } finally {
      await queue.close();
    }
  }
});
