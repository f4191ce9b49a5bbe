import { Injectable } from '@nestjs/common';
import type { ReportPayload } from '@mach/domain';
import { REFUSED_FOR_BASE } from '../refused-for-base';
import { closeSentDrafts } from '../drafts/close-sent-drafts';
import type { LockedRows, Transaction } from '../transactions';
import type {
  DecisionInput,
  DecisionOutput,
  ObligationInHand,
  SubmissionOutcome,
  UndecidedSubmission,
} from './decision';

interface ObligationRead {
  id: string;
  requirement_id: string;
  period_id: number;
  node_unit_id: number;
  form_version_id: string;
  exempt: boolean;
  opens_at: Date;
  deadline: Date;
  closes_at: Date;
  received_at: Date | null;
  first_accepted_at: Date | null;
  accepted_submission_id: string | null;
  last_version: number;
}

interface SubmissionRead {
  id: string;
  seq: string;
  obligation_id: string;
  form_version_id: string;
  payload: ReportPayload;
  received_at: Date;
  base_id: string | null;
  base_seq: string | null;
  undecided: boolean;
}

/** Reads and writes a batch of decisions: a handful of statements however many reports the batch holds. */
@Injectable()
export class DecisionStore {
  /**
   * Locks the obligations of `submissionIds` in id order (two batches that share obligations queue up instead
   * of deadlocking), then reads the undecided submissions in statements of their own: a statement that locks
   * and reads at once would see what stood before it waited. With each come the undecided ones received before
   * it on the same obligation, so that they are decided in the order of their receipt whatever order their
   * messages arrive in; those messages then find nothing left to do. With `skip` nothing is waited for, here
   * or in `save`: submissions whose obligation or node is locked by somebody else are only named (`held`).
   * Throws when a submission does not exist.
   */
  async load(
    tx: Transaction,
    submissionIds: readonly string[],
    lockedRows: LockedRows = 'wait',
  ): Promise<DecisionInput> {
    if (submissionIds.length === 0) return { obligations: [], submissions: [], held: [] };
    const locked: ObligationRead[] = await tx.query(
      `select o.id, o.requirement_id, o.period_id, o.node_unit_id, r.form_version_id, o.exempt_reason is not null as exempt,
              o.opens_at, o.deadline, o.closes_at, o.received_at, o.first_accepted_at, o.accepted_submission_id, o.last_version
         from obligation o
         join requirement r on r.id = o.requirement_id
        where o.id in (select s.obligation_id from submission s where s.id = any($1::uuid[]))
        order by o.id
          for no key update of o${lockedRows === 'skip' ? ' skip locked' : ''}`,
      [submissionIds],
    );
    const obligations = lockedRows === 'skip' ? await this.withFreeNodes(tx, locked) : locked;
    const submissions: SubmissionRead[] = await tx.query(
      `with wanted as materialized (
         select id, obligation_id, seq from submission where id = any($1::uuid[])
       ), concerned as (
         select id from wanted
         union
         select s.id from (select obligation_id, max(seq) as seq from wanted group by obligation_id) newest
           join submission s on s.obligation_id = newest.obligation_id and s.seq < newest.seq and s.state = 'received'
       )
       select s.id, s.seq, s.obligation_id, s.form_version_id, s.payload, s.received_at, base.id as base_id, base.seq as base_seq,
              s.state = 'received' as undecided
         from concerned
         join submission s using (id)
         left join submission base
           on base.receipt_number = s.based_on and base.obligation_id = s.obligation_id and base.seq <= s.seq
          and not coalesce(base.reasons @> $2::jsonb, false)
        order by s.seq`,
      [submissionIds, REFUSED_FOR_BASE],
    );
    const found = new Set(submissions.map((row) => row.id));
    const missing = submissionIds.filter((id) => !found.has(id));
    if (missing.length > 0) throw new Error(`there is no submission ${missing.join(', ')}`);
    const seqOf = await this.acceptedSeqs(tx, obligations);
    const inHands = new Set(obligations.map((row) => row.id));
    const open = submissions.filter((row) => row.undecided);
    return {
      obligations: obligations.map((row) => inHand(row, seqOf)),
      submissions: open.filter((row) => inHands.has(row.obligation_id)).map(undecided),
      held: open.filter((row) => !inHands.has(row.obligation_id)).map((row) => row.id),
    };
  }

  /** Which of these submissions nobody has decided on, in this order, those that do not exist included. */
  async undecided(tx: Transaction, submissionIds: readonly string[]): Promise<readonly string[]> {
    const rows: { id: string }[] = await tx.query(
      `select w.id from unnest($1::uuid[]) with ordinality as w (id, place)
        where not exists (select 1 from submission s where s.id = w.id and s.state <> 'received') order by place`,
      [submissionIds],
    );
    return rows.map((row) => row.id);
  }

  /**
   * Writes decided submissions and their obligations, closes the drafts that were sent, and asks for the nodes concerned to be recomputed
   * (`dirty_seq`). Nodes are locked last and always deepest first, then by unit: the order the roll-up takes
   * them in as well, so neither can wait for the other in a circle.
   */
  async save(tx: Transaction, output: DecisionOutput): Promise<void> {
    if (output.submissions.length === 0) return;
    await this.saveSubmissions(tx, output);
    await this.saveObligations(tx, output.obligations);
    await closeSentDrafts(
      tx,
      output.submissions.flatMap(({ id, state }) => (state === 'rejected' ? [] : [id])),
    );
    await this.markNodesDirty(tx, output.obligations);
  }

  /** Those of `obligations` whose node could be locked without waiting; in the order `save` locks nodes in. */
  private async withFreeNodes(
    tx: Transaction,
    obligations: readonly ObligationRead[],
  ): Promise<readonly ObligationRead[]> {
    const nodes: { requirement_id: string; period_id: number; unit_id: number }[] = await tx.query(
      `select n.requirement_id, n.period_id, n.unit_id
         from rollup_node n
        where (n.requirement_id, n.period_id, n.unit_id) in (
          select * from unnest($1::uuid[], $2::int[], $3::int[]))
        order by n.requirement_id, n.period_id, n.depth desc, n.unit_id
          for no key update of n skip locked`,
      [
        obligations.map((o) => o.requirement_id),
        obligations.map((o) => o.period_id),
        obligations.map((o) => o.node_unit_id),
      ],
    );
    const free = new Set(nodes.map((n) => nodeKey(n.requirement_id, n.period_id, n.unit_id)));
    return obligations.filter((o) => free.has(nodeKey(o.requirement_id, o.period_id, o.node_unit_id)));
  }

  private async acceptedSeqs(
    tx: Transaction,
    obligations: readonly ObligationRead[],
  ): Promise<ReadonlyMap<string, bigint>> {
    const ids = obligations.flatMap((row) =>
      row.accepted_submission_id === null ? [] : [row.accepted_submission_id],
    );
    if (ids.length === 0) return new Map();
    const rows: { id: string; seq: string }[] = await tx.query(
      'select id, seq from submission where id = any($1::uuid[])',
      [ids],
    );
    return new Map(rows.map((row) => [row.id, BigInt(row.seq)]));
  }

  private async saveSubmissions(
    tx: Transaction,
    { submissions, replaced, decidedAt }: DecisionOutput,
  ): Promise<void> {
    await tx.query(
      `update submission s
          set state = d.state, decided_at = $7, version = d.version, figures = d.figures::bigint[], contribution = d.contribution::bigint[],
              reasons = d.reasons::jsonb
         from unnest($1::uuid[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[])
           as d (id, state, version, figures, contribution, reasons)
        where s.id = d.id`,
      [
        submissions.map((s) => s.id),
        submissions.map((s) => s.state),
        submissions.map((s) => s.version),
        submissions.map((s) => arrayLiteral(s.figures)),
        submissions.map((s) => arrayLiteral(s.contribution)),
        submissions.map((s) => (s.reasons === null ? null : JSON.stringify(s.reasons))),
        new Date(decidedAt),
      ],
    );
    if (replaced.length > 0) {
      await tx.query(
        `update submission set state = 'superseded' where id = any($1::uuid[]) and state = 'accepted'`,
        [replaced],
      );
    }
  }

  private async saveObligations(tx: Transaction, obligations: readonly ObligationInHand[]): Promise<void> {
    await tx.query(
      `update obligation o
          set received_at = d.received_at, first_accepted_at = d.first_accepted_at, accepted_submission_id = d.accepted_submission_id,
              last_version = d.last_version,
              next_notice_at = case when d.accepted_submission_id is null then o.next_notice_at end
         from unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[], $4::uuid[], $5::int[])
           as d (id, received_at, first_accepted_at, accepted_submission_id, last_version)
        where o.id = d.id`,
      [
        obligations.map((o) => o.id),
        obligations.map((o) => dateOf(o.receivedAt)),
        obligations.map((o) => dateOf(o.firstAcceptedAt)),
        obligations.map((o) => o.accepted?.submissionId ?? null),
        obligations.map((o) => o.lastVersion),
      ],
    );
  }

  private async markNodesDirty(tx: Transaction, obligations: readonly ObligationInHand[]): Promise<void> {
    await tx.query(
      `with touched as (
         select distinct requirement_id, period_id, unit_id
           from unnest($1::uuid[], $2::int[], $3::int[]) as t (requirement_id, period_id, unit_id)
       ), held as materialized (
         select n.requirement_id, n.period_id, n.unit_id
           from rollup_node n
           join touched t using (requirement_id, period_id, unit_id)
          order by n.requirement_id, n.period_id, n.depth desc, n.unit_id
            for no key update of n
       )
       update rollup_node n
          set dirty_seq = n.dirty_seq + 1
         from held h
        where n.requirement_id = h.requirement_id and n.period_id = h.period_id and n.unit_id = h.unit_id`,
      [
        obligations.map((o) => o.requirementId),
        obligations.map((o) => o.periodId),
        obligations.map((o) => o.nodeUnitId),
      ],
    );
  }
}

function nodeKey(requirementId: string, periodId: number, unitId: number): string {
  return `${requirementId}.${String(periodId)}.${String(unitId)}`;
}

function inHand(row: ObligationRead, seqOf: ReadonlyMap<string, bigint>): ObligationInHand {
  return {
    id: row.id,
    requirementId: row.requirement_id,
    periodId: row.period_id,
    nodeUnitId: row.node_unit_id,
    formVersionId: row.form_version_id,
    exempt: row.exempt,
    opensAt: row.opens_at.getTime(),
    deadline: row.deadline.getTime(),
    closesAt: row.closes_at.getTime(),
    receivedAt: row.received_at?.getTime() ?? null,
    firstAcceptedAt: row.first_accepted_at?.getTime() ?? null,
    accepted: acceptedOf(row.accepted_submission_id, seqOf),
    lastVersion: row.last_version,
  };
}

function acceptedOf(
  submissionId: string | null,
  seqOf: ReadonlyMap<string, bigint>,
): ObligationInHand['accepted'] {
  if (submissionId === null) return null;
  const seq = seqOf.get(submissionId);
  if (seq === undefined)
    throw new Error(`obligation names an accepted submission that does not exist: ${submissionId}`);
  return { submissionId, seq };
}

function undecided(row: SubmissionRead): UndecidedSubmission {
  return {
    id: row.id,
    seq: BigInt(row.seq),
    obligationId: row.obligation_id,
    formVersionId: row.form_version_id,
    payload: row.payload,
    receivedAt: row.received_at.getTime(),
    base:
      row.base_id === null || row.base_seq === null ? null : { id: row.base_id, seq: BigInt(row.base_seq) },
  };
}

/**
 * An array per row travels as PostgreSQL's own array text, because `unnest` would flatten an array of arrays.
 */
function arrayLiteral(values: SubmissionOutcome['figures']): string | null {
  return values === null
    ? null
    : `{${values.map((value) => (value === null ? 'NULL' : value.toString())).join(',')}}`;
}

function dateOf(instant: number | null): Date | null {
  return instant === null ? null : new Date(instant);
}
