import type { ReportPayload, ReturnedFigures } from '@mach/domain';
import type { Transaction } from '../transactions';

/** Of an obligation `o`: its report counts, and single figures of it were given back. */
export const SOME_FIGURES_RETURNED = '(o.accepted_submission_id is not null and o.correct_by is not null)';

const READ_RETURNED = `
  select o.id, act.figures as open, s.figures::text[] as figures, s.payload
    from obligation o
    join obligation_act act on act.id = o.returned_act_id
    join submission s on s.id = o.accepted_submission_id
   where o.id = any($1::bigint[])`;

/** What was given back of these obligations, of each of which single figures were, by obligation. */
export async function readReturnedFigures(
  tx: Transaction,
  obligationIds: readonly string[],
): Promise<ReadonlyMap<string, ReturnedFigures>> {
  if (obligationIds.length === 0) return new Map();
  const rows: {
    id: string;
    open: Readonly<Record<string, string>>;
    figures: readonly (string | null)[];
    payload: ReportPayload;
  }[] = await tx.query(READ_RETURNED, [obligationIds]);
  return new Map(
    rows.map(({ id, open, figures, payload }) => [
      id,
      {
        open: Object.keys(open),
        figures: figures.map((figure) => (figure === null ? null : BigInt(figure))),
        payload,
      },
    ]),
  );
}
