import { DraftStore } from '@mach/persistence';
import { EMPTY_ENTRY } from '@mach/domain';
import { FORM, aContradiction, aPayload, aReceivedReport } from './a-report';
import { NOW, plantTree, type PlantedTree } from './planted-tree';
import { readObligation } from './read-figures';
import { runAggregator, type RunningAggregator } from './running-aggregator';

jest.setTimeout(60_000);

/** City (0) → commune (1) → two cells (2, 3). */
const UNITS = [null, 0, 1, 1].map((parent) => ({ parent, asked: true, exempt: false }));

describe('the draft of a report that is decided', () => {
  let aggregator: RunningAggregator;
  let drafts: DraftStore;
  let tree: PlantedTree;

  beforeAll(async () => {
    aggregator = await runAggregator();
    drafts = new DraftStore(aggregator.database.dataSource);
  });

  beforeEach(async () => {
    tree = await plantTree(aggregator.database.dataSource, UNITS, FORM);
  });

  afterAll(async () => {
    await aggregator.close();
  });

  async function typed(unit: number, basedOn: number | null, savedAt: number): Promise<void> {
    const saved = await drafts.save({
      obligationId: Number(tree.obligationIds[unit]),
      accountId: tree.accountId,
      savedAt,
      basedOn,
      formVersion: 1,
      startedFrom: null,
      entry: { ...EMPTY_ENTRY, figures: { sessions: String(savedAt) } },
    });
    expect(saved.kind).toBe('saved');
  }

  const newest = (unit: number) => drafts.newest(Number(tree.obligationIds[unit]));

  it('is closed when the report is accepted, and kept when it is rejected', async () => {
    for (const unit of [2, 3]) {
      await typed(unit, null, NOW - 2);
      await typed(unit, 1, NOW - 1);
    }
    await aggregator.handIn(
      aReceivedReport(tree, 2, aPayload(20)),
      aReceivedReport(tree, 3, aContradiction(30)),
    );
    await aggregator.settled(tree);
    expect(await newest(2)).toMatchObject({ version: 2, entry: null });
    expect((await newest(3))?.entry?.figures).toEqual({ sessions: String(NOW - 1) });
  });

  it('stays open with what was typed after the report was received', async () => {
    await typed(2, null, NOW - 1);
    await typed(2, 1, NOW + 1);
    await aggregator.handIn(aReceivedReport(tree, 2, aPayload(20)));
    await aggregator.settled(tree);
    expect(await newest(2)).toMatchObject({ version: 2, entry: { figures: { sessions: String(NOW + 1) } } });
  });

  it('counts for nothing: the obligation stands as before, and its next reminder too', async () => {
    const before = await readObligation(aggregator.database.dataSource, tree, 2);
    await typed(2, null, NOW);
    expect(await readObligation(aggregator.database.dataSource, tree, 2)).toEqual(before);
    expect(before.hasNotice).toBe(true);
  });
});
