import type { CompiledForm } from '@mach/domain';
import { DecisionStore, Transactions } from '@mach/persistence';
import { decideBatch } from '../../../apps/aggregator/src/reports/decide-batch';
import type { RunningGateway } from './running-gateway';

/** Decides every report that waits, as the aggregator does. */
export async function decideWaiting(
  { database }: RunningGateway,
  form: CompiledForm,
  now: number,
): Promise<void> {
  const store = new DecisionStore();
  await new Transactions(database.dataSource).run(async (tx) => {
    const waiting = await tx.query<{ id: string }[]>(`select id from submission where state = 'received'`);
    const input = await store.load(
      tx,
      waiting.map(({ id }) => id),
    );
    await store.save(tx, decideBatch(input, { formOf: () => form, knownOf: () => ({}) }, now));
  });
}
