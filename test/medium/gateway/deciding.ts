import { compileForm } from '@mach/domain';
import { DecisionStore, RollupStore, Transactions, type Transaction } from '@mach/persistence';
import { decideBatch } from '../../../apps/aggregator/src/reports/decide-batch';
import type { RunningGateway } from './running-gateway';
import { FORM } from './small-city';

const form = compileForm(FORM);
const NOW = Date.parse('2026-11-15T09:00:00+07:00');

/** Decides everything that waits as the aggregator does; `before` runs while the transaction holds its locks. */
export async function decide(
  gateway: RunningGateway,
  before: (tx: Transaction) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const store = new DecisionStore();
  await new Transactions(gateway.database.dataSource).run(async (tx) => {
    const waiting = await tx.query<{ id: string }[]>(`select id from submission where state = 'received'`);
    const input = await store.load(
      tx,
      waiting.map(({ id }) => id),
    );
    await store.save(tx, decideBatch(input, { formOf: () => form, knownOf: () => ({}) }, NOW));
    await before(tx);
  });
}

/** Brings the nodes of the small city up to date. */
export async function recompute({ city, database }: RunningGateway): Promise<void> {
  const rollups = new RollupStore(database.dataSource, new Transactions(database.dataSource));
  await rollups.recompute(city, form.ops, NOW);
}
