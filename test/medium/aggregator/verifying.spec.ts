import { ActStore, type Difference, Transactions, Verifier } from '@mach/persistence';
import { aContradiction, aPayload, aReceivedReport, FORM } from './a-report';
import { NOW, plantTree, type PlantedTree, type PlantedUnit } from './planted-tree';
import { runAggregator, type RunningAggregator } from './running-aggregator';

/** City (0) → two communes (1, 2) → two cells each (3, 4 and 5, 6); everyone is asked. */
const UNITS: readonly PlantedUnit[] = [null, 0, 0, 1, 1, 2, 2].map((parent) => ({
  parent,
  asked: true,
  exempt: false,
}));

jest.setTimeout(60_000);

describe('verifying every stored figure by another path', () => {
  let aggregator: RunningAggregator;
  let verifier: Verifier;
  let tree: PlantedTree;

  beforeAll(async () => {
    aggregator = await runAggregator();
    verifier = aggregator.app().get(Verifier);
  });

  beforeEach(async () => {
    tree = await plantTree(aggregator.database.dataSource, UNITS, FORM);
    await aggregator.handIn(
      aReceivedReport(tree, 3, aPayload(20)),
      aReceivedReport(tree, 5, aPayload(50)),
      aReceivedReport(tree, 6, aContradiction(9)),
    );
    await aggregator.settled(tree);
  });

  afterAll(async () => {
    await aggregator.close();
  });

  it('finds nothing in a sound system, and says what it looked at', async () => {
    expect(await verify()).toEqual({
      targets: 1,
      nodes: 3,
      waiting: 0,
      reports: 7,
      differences: 0,
      found: [],
    });
  });

  it('finds one accumulator that was tampered with, where it was, with what it is made of', async () => {
    await tamperNode(1, 'accumulators[1] = accumulators[1] + 1');
    const { differences, found } = await verify();
    expect(differences).toBe(1);
    expect(found).toEqual([
      aDifference({
        kind: 'node',
        unit: code(1),
        here: true,
        figures: [{ name: 'sessions', stored: '21', told: '20' }],
        sources: [expect.objectContaining({ unit: code(3), value: '20' }) as never],
      }),
    ]);
  });

  it('tells a fault from what it made wrong above', async () => {
    await tamperNode(1, 'accumulators[1] = 99, dirty_seq = dirty_seq');
    await tamperNode(0, 'accumulators[1] = 149');
    const { found } = await verify();
    expect(found.map(({ unit, here, figures }) => [unit.code, here, figures])).toEqual([
      [code(1), true, [{ name: 'sessions', stored: '99', told: '20' }]],
      [code(0), false, [{ name: 'sessions', stored: '149', told: '70' }]],
    ]);
    expect(found[1]?.sources.map(({ unit, value }) => [unit, value])).toEqual([
      [code(1), '99'],
      [code(2), '50'],
    ]);
  });

  it.each([
    'expected',
    'received',
    'accepted',
    'on_time',
    'late_with_permission',
    'late',
    'rejected',
    'approved',
    'returned',
    'nil',
  ])('finds the counter %s that was tampered with', async (counter) => {
    await tamperNode(2, `${counter} = ${counter} + 1`);
    const { differences, found } = await verify();
    expect(differences).toBe(1);
    expect(found[0]?.unit.code).toBe(code(2));
    expect(found[0]?.figures.map(({ name, stored, told }) => [name, Number(stored) - Number(told)])).toEqual([
      [counter, 1],
    ]);
  });

  it('finds the age of the newest report that was tampered with', async () => {
    await tamperNode(2, `latest_received_at = latest_received_at + interval '1 second'`);
    expect((await verify()).found[0]?.figures.map(({ name }) => name)).toEqual(['latest_received_at']);
  });

  it('finds one contribution that was tampered with, and names its receipt', async () => {
    const [row]: { receipt_number: string }[] = await db()
      .query(
        `update submission set contribution[1] = 777 where obligation_id = $1 returning receipt_number`,
        [tree.obligationIds[5]],
      )
      .then(([rows]: [{ receipt_number: string }[]]) => rows);
    const { found } = await verify();
    expect(found[0]).toEqual(
      aDifference({
        kind: 'submission',
        unit: code(5),
        here: true,
        receiptNumber: row?.receipt_number ?? '',
        figures: [{ name: 'sessions', stored: '777', told: '50' }],
      }),
    );
    // The nodes still hold what was sent.
    expect(found.slice(1).map(({ kind, unit }) => [kind, unit.code])).toEqual([
      ['node', code(2)],
      ['node', code(0)],
    ]);
  });

  it('finds a report that is counted as saying nothing happened and does not say so', async () => {
    await db().query('update submission set nil = true where obligation_id = $1', [tree.obligationIds[5]]);
    expect((await verify()).found[0]).toMatchObject({
      kind: 'submission',
      unit: { code: code(5) },
      figures: [{ name: 'nil', stored: 'true', told: 'false' }],
    });
  });

  it('finds a report that counts and was taken out of the count, also when its node was added up since', async () => {
    await db().query('update obligation set accepted_submission_id = null where id = $1', [
      tree.obligationIds[5],
    ]);
    expect(
      (await verify()).found.map(({ kind, unit, figures }) => [kind, unit.code, figures[0]?.name]),
    ).toEqual([['report', code(5), 'accepted_submission_id']]);
    await db().query('update rollup_node set dirty_seq = dirty_seq + 1 where requirement_id = $1', [
      tree.requirementId,
    ]);
    await aggregator.settled(tree);
    const { found } = await verify();
    expect(found.map(({ kind, unit }) => [kind, unit.code])).toEqual([
      ['report', code(5)],
      ['node', code(2)],
      ['node', code(0)],
    ]);
  });

  it('finds reports that climb to a node which is gone', async () => {
    await aggregator.database.asOwner(
      `delete from rollup_node where requirement_id = '${tree.requirementId}' and unit_id = ${String(tree.unitIds[2])}`,
    );
    const { found } = await verify();
    expect(found.map(({ unit, figures }) => [unit.code, figures[0]?.stored ?? null])).toEqual([
      [code(0), '7'],
      [code(2), null],
    ]);
  });

  it('says of a node that waits that it waits, and of nothing else', async () => {
    await aggregator.stop();
    await tamperNode(1, 'dirty_seq = dirty_seq + 1, accepted = 40');
    const verifierBeside = new Verifier(db(), new Transactions(db()));
    const { waiting, differences } = await verifierBeside.verify({ requirement: tree.requirementCode });
    // The commune, and the city above it.
    expect([waiting, differences]).toEqual([2, 0]);
    await aggregator.start();
    verifier = aggregator.app().get(Verifier);
  });

  it('finds figures given back that are counted all the same', async () => {
    await db().query('update obligation set needs_approval = true where requirement_id = $1', [
      tree.requirementId,
    ]);
    await db().query('update rollup_node set dirty_seq = dirty_seq + 1 where requirement_id = $1', [
      tree.requirementId,
    ]);
    await giveBack(5, { sessions: 'Xem lại' });
    await aggregator.settled(tree);
    expect((await verify()).differences).toBe(0);
    await db().query(`update submission set contribution[1] = 50 where obligation_id = $1`, [
      tree.obligationIds[5],
    ]);
    expect((await verify()).found[0]).toMatchObject({
      kind: 'submission',
      figures: [{ name: 'sessions', stored: '50', told: null }],
    });
  });

  it.each(['approved', 'signable', 'signed'])('finds %s figures that were tampered with', async (view) => {
    // Cell 3 waits for approval, commune 2 signed 1000 sessions: each column stands apart from the others.
    await db().query('update obligation set needs_approval = true where id = $1', [tree.obligationIds[3]]);
    await db().query(
      `insert into signature (requirement_id, period_id, unit_id, version, form_version_id, machine, counts, adjustments,
         accumulators, findings, account_id, signer, signed_at, base, content_hash)
       select requirement_id, period_id, unit_id, 1, $3, accumulators, '{}', '[]', array[1000::numeric] || accumulators[2:], '[]',
              $4, 'Nguyễn Văn A', now(), '', repeat('0', 64)
         from rollup_node where requirement_id = $1 and unit_id = $2`,
      [tree.requirementId, tree.unitIds[2], tree.formVersionId, tree.accountId],
    );
    await db().query('update rollup_node set dirty_seq = dirty_seq + 1 where requirement_id = $1', [
      tree.requirementId,
    ]);
    await aggregator.settled(tree);
    expect((await verify()).found).toEqual([]);
    const told = { approved: [0, '50'], signable: [0, '1020'], signed: [2, '1000'] }[view] as [
      number,
      string,
    ];
    await tamperNode(told[0], `${view}_accumulators[1] = 7`);
    expect((await verify()).found).toMatchObject([
      {
        kind: 'view',
        unit: { code: code(told[0]) },
        figures: [{ name: `${view} sessions`, stored: '7', told: told[1] }],
      },
    ]);
  });

  it('finds every moment of a burst equal', async () => {
    const big: readonly PlantedUnit[] = Array.from({ length: 120 }, (_, index) => ({
      parent: index === 0 ? null : index <= 10 ? 0 : 1 + (index % 10),
      asked: true,
      exempt: false,
    }));
    const burst = await plantTree(db(), big, FORM);
    const reports = big.map((_, unit) => aReceivedReport(burst, unit, aPayload(unit + 1)));
    const handing = aggregator.handIn(...reports);
    const burstIs = { over: false };
    const end = handing.then(() => aggregator.settled(burst)).then(() => (burstIs.over = true));
    do {
      const { differences, found } = await verifier.verify({ requirement: burst.requirementCode });
      expect([differences, found]).toEqual([0, []]);
    } while (!burstIs.over);
    await end;
    expect((await verifier.verify({ requirement: burst.requirementCode })).waiting).toBe(0);
  });

  it('is told when it is asked about what does not exist', async () => {
    await expect(verifier.verify({ requirement: 'NO-SUCH' })).rejects.toThrow(
      'there is no requirement NO-SUCH',
    );
    await expect(verifier.verify({ period: '1999-01' })).rejects.toThrow('there is no period 1999-01');
  });

  const db = () => aggregator.database.dataSource;
  const verify = () => verifier.verify({ requirement: tree.requirementCode });
  const code = (unit: number): string => tree.unitCodes[unit] ?? '';

  function aDifference({
    unit,
    ...part
  }: Pick<Difference, 'kind' | 'here' | 'figures'> &
    Partial<Omit<Difference, 'unit'>> & { readonly unit: string }): unknown {
    return {
      requirement: tree.requirementCode,
      period: tree.periodKey,
      receiptNumber: null,
      sources: [],
      ...part,
      unit: { code: unit, name: 'Đơn vị thử' },
    };
  }

  async function tamperNode(unit: number, assignments: string): Promise<void> {
    await db().query(`update rollup_node set ${assignments} where requirement_id = $1 and unit_id = $2`, [
      tree.requirementId,
      tree.unitIds[unit],
    ]);
  }

  async function giveBack(unit: number, figures: Readonly<Record<string, string>>): Promise<void> {
    const transactions = new Transactions(db());
    await transactions.run(async (tx) => {
      const acts = new ActStore();
      const [report] = await acts.lock(tx, [Number(tree.obligationIds[unit])]);
      if (report === undefined) throw new Error('no obligation');
      const correctBy = NOW + 86_400_000;
      const contribution = [null, ...(await contributionOf(unit)).slice(1)];
      await acts.record(tx, [
        {
          report,
          act: { kind: 'return_figures', version: 1, figures, correctBy },
          accountId: tree.accountId,
          at: NOW,
          after: { ...report.life, stage: { kind: 'figuresReturned', figures, correctBy } },
          nextNoticeAt: 'unchanged',
          contribution,
        },
      ]);
    });
  }

  async function contributionOf(unit: number): Promise<readonly (bigint | null)[]> {
    const [row]: { contribution: (string | null)[] }[] = await db().query(
      'select contribution::text[] as contribution from submission where obligation_id = $1',
      [tree.obligationIds[unit]],
    );
    return (row?.contribution ?? []).map((value) => (value === null ? null : BigInt(value)));
  }
});
