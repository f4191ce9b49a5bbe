import type { HintWork, UnhintedNode } from '@mach/persistence';
import { DecisionsUnderWay } from '../reports/decisions-under-way';
import { HintSweep } from './hint.sweep';
import type { NodeHints } from './node-hints';
import type { Yardsticks } from './yardsticks';

const NODES = [{ unitId: 1 }, { unitId: 2 }] as UnhintedNode[];

/** A sweep over two nodes, each with enough reports for two transactions. */
function planted() {
  const underWay = new DecisionsUnderWay();
  const checked: number[] = [];
  const left = new Map(NODES.map(({ unitId }) => [unitId, 2]));
  let meanwhile = (): Promise<void> => Promise.resolve();
  const sweep = new HintSweep(
    { nodes: () => Promise.resolve(NODES), periods: () => Promise.resolve({}) } as unknown as HintWork,
    { current: () => Promise.resolve({}) } as unknown as Yardsticks,
    {
      checkSome: async ({ node: { unitId } }: { node: UnhintedNode }) => {
        checked.push(unitId);
        await meanwhile();
        left.set(unitId, (left.get(unitId) ?? 0) - 1);
        return (left.get(unitId) ?? 0) > 0 ? 'more' : 'done';
      },
    } as unknown as NodeHints,
    { now: () => 0 },
    underWay,
  );
  const decide = (): Promise<void> => underWay.during(() => Promise.resolve());
  return { sweep, checked, decide, whileChecking: (work: () => Promise<void>) => (meanwhile = work) };
}

describe('HintSweep', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('looks at everything while nothing is decided', async () => {
    const { sweep, checked } = planted();
    await sweep.runOnce();
    expect(checked).toEqual([1, 1, 2, 2]);
  });

  it('looks at nothing shortly after a decision, and begins when it rests', async () => {
    const { sweep, checked, decide } = planted();
    await decide();
    jest.advanceTimersByTime(249);
    await sweep.runOnce();
    expect(checked).toEqual([]);
    jest.advanceTimersByTime(1);
    await sweep.runOnce();
    expect(checked).toEqual([1, 1, 2, 2]);
  });

  it('stops when a report is decided meanwhile', async () => {
    const { sweep, checked, decide, whileChecking } = planted();
    whileChecking(decide);
    await sweep.runOnce();
    expect(checked).toEqual([1]);
  });

  it('does a little all the same when nothing rests for half a minute', async () => {
    const { sweep, checked, decide } = planted();
    for (let second = 1; second < 60; second += 1) {
      jest.advanceTimersByTime(1_000);
      await decide();
      await sweep.runOnce();
    }
    expect(checked).toEqual([1]);
    jest.advanceTimersByTime(1_000);
    await decide();
    await sweep.runOnce();
    expect(checked).toEqual([1, 1]);
  });
});
