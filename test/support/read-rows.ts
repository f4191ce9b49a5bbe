import type { ReadRow } from '../../apps/aggregator/src/imports/tables/read-row';
import { readTable } from '../../apps/aggregator/src/imports/tables/read-table';

/** A table with every row of it read. */
export async function readRows(
  ...asked: Parameters<typeof readTable>
): Promise<{ readonly rows: readonly ReadRow[]; readonly notes: readonly string[] }> {
  const { rows, notes } = await readTable(...asked);
  return { rows: rows.map((row) => row.read()), notes };
}
