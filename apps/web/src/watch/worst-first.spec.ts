import type { RollupRowView } from '@mach/contracts';
import { emptyCounts, type ObligationState } from '@mach/domain';
import { ownMissing, worstFirst } from './worst-first';

const row = (
  name: string,
  ownState: ObligationState | null,
  overdue: number,
  completeness: string,
): RollupRowView => ({
  unit: { code: name, name, level: 'committee', kind: 'phuong', tile: null },
  counts: { ...emptyCounts(), expected: 100, overdue },
  ownState,
  completeness,
  computedAt: null,
  latestReceivedAt: null,
  exact: true,
  hasChildren: true,
});

it('puts a missing own report first, then what is overdue below, then the least complete, then the name', () => {
  const rows = [
    row('Phường 10', 'accepted', 0, '100.0'),
    row('Phường 9', 'accepted', 0, '100.0'),
    row('nearly done, own missing', 'overdue', 1, '96.0'),
    row('half done', 'accepted', 3, '50.0'),
    row('least done', 'due_soon', 3, '9.5'),
    row('own to be mended', 'rejected', 7, '93.0'),
    row('owes none itself', null, 4, '90.0'),
  ];
  expect([...rows].sort(worstFirst).map(({ unit }) => unit.name)).toEqual([
    'own to be mended',
    'nearly done, own missing',
    'owes none itself',
    'least done',
    'half done',
    'Phường 9',
    'Phường 10',
  ]);
});

it.each<[ObligationState | null, boolean]>([
  ['overdue', true],
  ['rejected', true],
  ['returned', true],
  ['figures_returned', false],
  ['closed', true],
  ['open', false],
  ['due_soon', false],
  ['received', false],
  ['accepted_late', false],
  ['exempt', false],
  [null, false],
])('an own report that is %s is missing: %s', (state, missing) => {
  expect(ownMissing(state)).toBe(missing);
});
