import { randomUUID } from 'node:crypto';
import type { FormDefinition, ReportHint } from '@mach/domain';
import { HintSweep } from '../../../apps/aggregator/src/hints/hint.sweep';
import { aNarrative, chanceOf, edited } from '../../support/narratives';
import { aReceivedReport } from './a-report';
import { plantTree, type PlantedTree, type PlantedUnit } from './planted-tree';
import { runAggregator, type RunningAggregator } from './running-aggregator';

jest.setTimeout(60_000);

const count = (code: string, label: string): FormDefinition['indicators'][number] => ({
  code,
  label,
  section: 'Tuyên truyền',
  required: true,
  time: 'flow',
  type: 'integer',
  unit: 'tin, bài',
  decimals: 0,
  aggregation: { kind: 'sum' },
});
const FORM: FormDefinition = {
  indicators: [count('broadcasts', 'Tin, bài phát thanh'), count('articles', 'Tin, bài đăng báo')],
  narratives: [{ code: 'results', label: 'Kết quả nổi bật', required: false, maxLength: 4_000 }],
  rules: [],
};
/** A city, three committees and eight cells under each. */
const UNITS: readonly PlantedUnit[] = [
  { parent: null, asked: false, exempt: false },
  ...Array.from({ length: 3 }, () => ({ parent: 0, asked: false, exempt: false })),
  ...Array.from({ length: 24 }, (_, index) => ({ parent: 1 + (index % 3), asked: true, exempt: false })),
];
const FIRST_CELL = 4;
const cell = (index: number): number => FIRST_CELL + index;

interface HintRow {
  readonly unit: number;
  readonly hint: ReportHint;
  readonly source: string | null;
}

describe('hints behind the decision', () => {
  let aggregator: RunningAggregator;
  const chance = chanceOf(42);
  const texts = UNITS.map(() => aNarrative(chance));

  beforeAll(async () => {
    aggregator = await runAggregator();
  });

  afterAll(async () => {
    await aggregator.close();
  });

  const sql = <T>(statement: string, parameters: readonly unknown[] = []): Promise<T[]> =>
    aggregator.database.dataSource.query<T[]>(statement, [...parameters]);
  const report = (tree: PlantedTree, index: number, broadcasts: number, results = texts[index] ?? '') =>
    aReceivedReport(tree, index, {
      figures: { broadcasts, articles: 2 + (index % 3) },
      narratives: results === '' ? {} : { results },
    });
  /** Runs the sweep until nothing is left to look at. */
  const hinted = async (): Promise<void> => {
    const sweep = aggregator.app().get(HintSweep);
    for (let left = 1; left > 0;) {
      await sweep.runOnce();
      const [row] = await sql<{ left: number }>(
        'select count(*)::int as left from rollup_node where computed_seq > hinted_seq',
      );
      left = row?.left ?? 0;
    }
  };
  const hints = async (tree: PlantedTree): Promise<HintRow[]> => {
    const rows = await sql<{ unit_id: number; hint: ReportHint; source_submission_id: string | null }>(
      'select unit_id, hint, source_submission_id from submission_hint where requirement_id = $1 and period_id = $2 order by unit_id, kind',
      [tree.requirementId, tree.periodId],
    );
    return rows.map(({ unit_id, hint, source_submission_id: source }) => ({
      unit: tree.unitIds.indexOf(unit_id),
      hint,
      source,
    }));
  };
  /** Months before the tree's, as they stand when they are long over. */
  const plantPast = async (
    tree: PlantedTree,
    index: number,
    newestFirst: readonly { broadcasts: number; results?: string }[],
  ): Promise<void> => {
    for (const [ago, { broadcasts, results }] of newestFirst.entries()) {
      const month = `2026-${String(10 - ago).padStart(2, '0')}`;
      await sql(
        `insert into period (scheme, key, label, starts_on, ends_on) values ('stateMonth', $1, $1, ($1 || '-14')::date - 30, ($1 || '-14')::date)
         on conflict do nothing`,
        [month],
      );
      await sql(
        `insert into rollup_node (requirement_id, period_id, unit_id, depth, dirty_seq, computed_seq, hinted_seq)
         select $1, id, $2, 0, 1, 1, 1 from period where key = $3 on conflict do nothing`,
        [tree.requirementId, tree.unitIds[0], month],
      );
      await sql(
        `with o as (
           insert into obligation (requirement_id, period_id, unit_id, node_unit_id, opens_at, first_deadline, deadline, closes_at, received_at, first_accepted_at, last_version, accepted_submission_id)
           select $1, id, $2, $3, now(), now(), now(), now(), now(), now(), 1, $4::uuid from period where key = $5 returning id)
         insert into submission (id, receipt_number, receipt_key, body_hash, obligation_id, form_version_id, account_id, payload, received_at, state, version, figures, contribution)
         select $4::uuid, $4::text, $4::text, ''::bytea, o.id, $6, $7, $8, now(), 'accepted', 1, $9::bigint[], $9::bigint[] from o`,
        [
          tree.requirementId,
          tree.unitIds[index],
          tree.unitIds[UNITS[index]?.parent ?? 0],
          randomUUID(),
          month,
          tree.formVersionId,
          tree.accountId,
          JSON.stringify({ figures: {}, narratives: results === undefined ? {} : { results } }),
          [broadcasts, 3],
        ],
      );
    }
  };
  const plant = async (): Promise<PlantedTree> => {
    const tree = await plantTree(aggregator.database.dataSource, UNITS, FORM);
    await sql(
      `update obligation o set superior_unit_id = f.parent_id from unit_fact f where f.unit_id = o.unit_id and o.requirement_id = $1`,
      [tree.requirementId],
    );
    return tree;
  };
  const settle = async (tree: PlantedTree): Promise<void> => {
    await aggregator.settled(tree);
    await hinted();
  };

  it('are written for a figure far from the unit’s own past, and for no other', async () => {
    const tree = await plant();
    await plantPast(
      tree,
      cell(0),
      [3, 5, 4, 6, 3, 5].map((broadcasts) => ({ broadcasts })),
    );
    await plantPast(
      tree,
      cell(1),
      [3, 5, 4, 6, 3, 5].map((broadcasts) => ({ broadcasts })),
    );
    await aggregator.handIn(report(tree, cell(0), 40_000), report(tree, cell(1), 7));
    await settle(tree);
    expect(await hints(tree)).toEqual([
      {
        unit: cell(0),
        hint: {
          kind: 'farFromPast',
          pointer: '/figures/broadcasts',
          label: 'Tin, bài phát thanh',
          unit: 'tin, bài',
          value: '40.000',
          low: '3',
          high: '6',
          known: 6,
        },
        source: null,
      },
    ]);
  });

  it('are written for a figure far from the peers, also of those that reported before there were any', async () => {
    const tree = await plant();
    await aggregator.handIn(report(tree, cell(0), 40_000));
    await settle(tree);
    expect(await hints(tree)).toEqual([]);
    await aggregator.handIn(
      ...Array.from({ length: 20 }, (_, index) => report(tree, cell(1 + index), 2 + (index % 5))),
    );
    await settle(tree);
    expect((await hints(tree)).map(({ unit, hint }) => [unit, hint.kind])).toEqual([
      [cell(0), 'farFromPeers'],
    ]);
    const peers = await sql<{ parent: number; count: string }>(
      `select parent_unit_id as parent, figures -> 'broadcasts' ->> 'count' as count from hint_peers where requirement_id = $1 order by parent_unit_id`,
      [tree.requirementId],
    );
    expect(peers.map(({ count }) => Number(count))).toEqual([21, 7, 7, 7]);
  });

  it('name the later of two units’ like narratives, and the passages that stand in both', async () => {
    const tree = await plant();
    const copy = edited(texts[cell(2)] ?? '', 10, chance);
    await aggregator.handIn(...[2, 3, 4, 5, 8, 11, 14, 17].map((index) => report(tree, cell(index), 3)));
    await aggregator.handIn(report(tree, cell(20), 3, copy));
    await settle(tree);
    const [found, ...more] = await hints(tree);
    expect(more).toEqual([]);
    expect(found?.unit).toBe(cell(20));
    expect(found?.hint).toMatchObject({ kind: 'copiedFromUnit', pointer: '/narratives/results' });
    const [source] = await sql<{ unit_id: number }>(
      'select o.unit_id from submission s join obligation o on o.id = s.obligation_id where s.id = $1',
      [found?.source],
    );
    expect(tree.unitIds.indexOf(source?.unit_id ?? 0)).toBe(cell(2));
    const passages = found?.hint.kind === 'copiedFromUnit' ? found.hint.passages : [];
    const [from, to] = passages.reduce(
      (longest, one) => (one[1] - one[0] > longest[1] - longest[0] ? one : longest),
      [0, 0],
    );
    const words = (text: string): string =>
      text
        .normalize('NFC')
        .toLowerCase()
        .replace(/[^\p{L}]+/gu, ' ')
        .trim();
    expect(words(texts[cell(2)] ?? '')).toContain(words(copy.normalize('NFC').slice(from, to)));
  });

  it('accuse nobody of the plan’s own sentences while one committee alone has reported', async () => {
    const tree = await plant();
    await aggregator.handIn(...[0, 3, 6, 9, 12, 15, 18, 21].map((index) => report(tree, cell(index), 3)));
    await settle(tree);
    expect(await hints(tree)).toEqual([]);
  });

  it('name the later one also when the earlier is looked at after it', async () => {
    const tree = await plant();
    const committeeOf = (index: number): number => tree.unitIds[UNITS[index]?.parent ?? 0] ?? 0;
    const lookedAt = (seq: number): Promise<unknown> =>
      sql('update rollup_node set hinted_seq = $3 where requirement_id = $1 and unit_id = $2', [
        tree.requirementId,
        committeeOf(cell(0)),
        seq,
      ]);
    await aggregator.handIn(...[4, 5, 7, 8, 10, 11, 13, 14].map((index) => report(tree, cell(index), 3)));
    await settle(tree);
    await lookedAt(1_000_000);
    await aggregator.handIn(report(tree, cell(0), 3));
    await aggregator.handIn(report(tree, cell(1), 3, texts[cell(0)]));
    await settle(tree);
    expect(await hints(tree)).toEqual([]);
    await lookedAt(0);
    await settle(tree);
    expect((await hints(tree)).map(({ unit, hint }) => [unit, hint.kind])).toEqual([
      [cell(1), 'copiedFromUnit'],
    ]);
  });

  it('say that a narrative is the one of the period before', async () => {
    const tree = await plant();
    await plantPast(tree, cell(3), [{ broadcasts: 3, results: texts[cell(3)] ?? '' }]);
    await aggregator.handIn(report(tree, cell(3), 4));
    await settle(tree);
    expect((await hints(tree)).map(({ hint }) => hint)).toMatchObject([
      { kind: 'copiedFromLast', share: 100, pointer: '/narratives/results' },
    ]);
  });

  it('stay the same when everything is looked at again, and leave with the version that had them', async () => {
    const tree = await plant();
    await plantPast(
      tree,
      cell(0),
      [3, 5, 4, 6, 3, 5].map((broadcasts) => ({ broadcasts })),
    );
    const first = report(tree, cell(0), 40_000);
    await aggregator.handIn(first);
    await settle(tree);
    const before = await sql('select * from submission_hint where requirement_id = $1', [tree.requirementId]);
    expect(before).toHaveLength(1);
    await sql('update rollup_node set hinted_seq = 0 where requirement_id = $1', [tree.requirementId]);
    await sql('update hint_check set yardstick_no = 0');
    await hinted();
    expect(
      await sql('select * from submission_hint where requirement_id = $1', [tree.requirementId]),
    ).toEqual(before);
    await aggregator.handIn(
      aReceivedReport(
        tree,
        cell(0),
        { figures: { broadcasts: 4, articles: 2 }, narratives: {} },
        undefined,
        first,
      ),
    );
    await settle(tree);
    const counting = await sql(
      `select h.* from submission_hint h join obligation o on o.accepted_submission_id = h.submission_id where h.requirement_id = $1`,
      [tree.requirementId],
    );
    expect(counting).toEqual([]);
    expect(await hints(tree)).toHaveLength(1);
  });

  it('are looked for again after the process ended in the middle: nothing is missing or twice', async () => {
    const tree = await plant();
    for (const index of [0, 1, 2, 3])
      await plantPast(
        tree,
        cell(index),
        [3, 5, 4, 6, 3, 5].map((broadcasts) => ({ broadcasts })),
      );
    await aggregator.stop();
    await aggregator.writeDown([0, 1, 2, 3].map((index) => report(tree, cell(index), 40_000 + index, '')));
    await aggregator.start();
    await aggregator.settled(tree);
    const sweep = aggregator.app().get(HintSweep);
    const half = sweep.runOnce();
    await aggregator.stop();
    await half.catch(() => undefined);
    await aggregator.start();
    await settle(tree);
    expect((await hints(tree)).map(({ unit, hint }) => [unit, hint.kind])).toEqual(
      [0, 1, 2, 3].map((index) => [cell(index), 'farFromPast']),
    );
  });
});
