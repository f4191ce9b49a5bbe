import type { EntityManager, EntityTarget, ObjectLiteral, QueryDeepPartialEntity } from 'typeorm';

/**
 * Writes one row unless its key, or anything else that is unique, is taken. Every field of the row must be given,
 * the id only when the database does not make it. @returns the row's id, or null when nothing was written.
 */
export async function insertNew<T extends ObjectLiteral & { readonly id: unknown }>(
  tx: EntityManager,
  row: EntityTarget<T>,
  values: Omit<T, 'id'> & { readonly id?: T['id'] },
): Promise<T['id'] | null> {
  const inserted = await tx
    .createQueryBuilder()
    .insert()
    .into(row)
    // TypeORM would take a row with fields left out; this function does not.
    .values(values as QueryDeepPartialEntity<T>)
    .orIgnore()
    .returning('id')
    .execute();
  const rows = inserted.raw as readonly { readonly id: T['id'] }[];
  return rows[0]?.id ?? null;
}
