import type { Transaction } from '../transactions';

/**
 * Closes the drafts that these accepted submissions came from: whatever was saved before they were received. What
 * somebody typed since stays open. The newest row stays, emptied (`report_draft.entry`).
 */
export async function closeSentDrafts(tx: Transaction, submissionIds: readonly string[]): Promise<void> {
  if (submissionIds.length === 0) return;
  await tx.query(
    `with closing as (
       select d.obligation_id, max(d.version) as version
         from (select obligation_id, max(received_at) as received_at from submission where id = any($1::uuid[]) group by obligation_id) s
         join report_draft d on d.obligation_id = s.obligation_id and d.saved_at <= s.received_at
        group by d.obligation_id
     ), gone as (
       delete from report_draft d using closing c where d.obligation_id = c.obligation_id and d.version < c.version
     )
     update report_draft d set entry = null from closing c where d.obligation_id = c.obligation_id and d.version = c.version`,
    [submissionIds],
  );
}
