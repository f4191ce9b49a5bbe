import { Injectable } from '@nestjs/common';
import type { SoundReport, ReportPayload, ReturnedFigures } from '@mach/domain';
import { bigint, bigintText, boolean, integer, jsonb, text, timestamptz, uuid } from '../columns/column';
import { FORM_IN_FORCE } from '../requirements/form-in-force';
import { columns, elsewhere, nullable } from '../columns/columns';
import { markNodesDirty, NODE, type NodeName } from '../rollup/mark-nodes-dirty';
import { SOUND_REPORT } from '../sound-report';
import { REFUSED_FOR_BASE } from '../refused-for-base';
import { readReturnedFigures, SOME_FIGURES_RETURNED } from './returned-figures';
import { closeSentDrafts } from '../drafts/close-sent-drafts';
import type { LockedRows, Transaction } from '../transactions';
import type {
  DecisionInput,
  DecisionOutput,
  ObligationInHand,
  SubmissionOutcome,
  UndecidedSubmission,
} from './decision';

/**
 * An obligation as its row tells it: the order of receipt of its accepted report is the report's to tell, and which
 * figures of it were given back the record's.
 */
type LockedObligation = Omit<ObligationInHand, 'accepted' | 'figuresReturned'> & {
  readonly acceptedSubmissionId: string | null;
  readonly someFiguresReturned: boolean;
};

const OBLIGATION = columns<LockedObligation>()({
  id: bigintText,
  requirementId: uuid,
  periodId: integer,
  nodeUnitId: integer,
  formVersionId: uuid.at(FORM_IN_FORCE),
  exempt: boolean.at('o.exempt_reason is not null'),
  opensAt: timestamptz,
  deadline: timestamptz,
  closesAt: timestamptz,
  receivedAt: timestamptz,
  firstAcceptedAt: timestamptz,
  acceptedSubmissionId: uuid,
  lastVersion: integer,
  someFiguresReturned: boolean.at(SOME_FIGURES_RETURNED),
});

/** What deciding changes of an obligation. */
const DECIDED_OBLIGATION = columns<LockedObligation>()({
  id: bigintText,
  requirementId: elsewhere,
  periodId: elsewhere,
  nodeUnitId: elsewhere,
  formVersionId: elsewhere,
  exempt: elsewhere,
  opensAt: elsewhere,
  deadline: elsewhere,
  closesAt: elsewhere,
  receivedAt: timestamptz,
  firstAcceptedAt: timestamptz,
  acceptedSubmissionId: uuid,
  lastVersion: integer,
  someFiguresReturned: elsewhere,
});

const SUBMISSION = columns<UndecidedSubmission & { readonly undecided: boolean }>()({
  id: uuid,
  seq: bigint,
  obligationId: bigintText,
  formVersionId: uuid,
  judgedAtDoor: boolean.at('s.figures is not null'),
  payload: jsonb.at('case when s.figures is null or s.obligation_id = any($3::bigint[]) then s.payload end'),
  receivedAt: timestamptz,
  base: nullable({ id: uuid.at('base.id'), seq: bigint.at('base.seq') }),
  undecided: boolean.at("s.state = 'received'"),
});

/** What becomes of a report whose figures the door has written down. */
const OUTCOME = columns<SubmissionOutcome>()({
  id: uuid,
  state: text,
  version: integer,
  judged: elsewhere,
  reasons: elsewhere,
  // Only of a correction (`SAVE_CORRECTIONS`).
  payload: elsewhere,
});

/** What becomes of every other one, what the door found of a rejected one being taken back. */
const JUDGED_OUTCOME = columns<SubmissionOutcome & { readonly judged: SoundReport | null }>()({
  id: uuid,
  state: text,
  version: integer,
  judged: SOUND_REPORT,
  reasons: jsonb,
  payload: elsewhere,
});

const CORRECTION = columns<{ readonly id: string; readonly payload: ReportPayload }>()({
  id: uuid,
  payload: jsonb,
});

// As an array: joined, the obligations are read through to the last one when statistics are young (38 pages a report).
const LOCK_OBLIGATIONS = `
  select ${OBLIGATION.selected('o')}
    from obligation o
    join requirement r on r.id = o.requirement_id
    join period p on p.id = o.period_id
   where o.id = any(array(select s.obligation_id from submission s where s.id = any($1::uuid[])))
   order by o.id
     for no key update of o`;

const READ_SUBMISSIONS = `
  with wanted as materialized (
    select id, obligation_id, seq from submission where id = any($1::uuid[])
  ), concerned as (
    select id from wanted
    union
    select s.id from (select obligation_id, max(seq) as seq from wanted group by obligation_id) newest
      join submission s on s.obligation_id = newest.obligation_id and s.seq < newest.seq and s.state = 'received'
  )
  select ${SUBMISSION.selected('s')}
    from concerned
    join submission s using (id)
    left join submission base
      on base.receipt_number = s.based_on and base.obligation_id = s.obligation_id and base.seq <= s.seq
     and not coalesce(base.reasons @> $2::jsonb, false)
   order by s.seq`;

const LOCK_FREE_NODES = `
  select ${NODE.selected('n')}
    from rollup_node n
   where (n.requirement_id, n.period_id, n.unit_id) in (select ${NODE.names()} from ${NODE.from('t')})
   order by n.requirement_id, n.period_id, n.depth desc, n.unit_id
     for no key update of n skip locked`;

const SAVE_OUTCOMES = `
  update submission s
     set decided_at = $${String(OUTCOME.count + 1)}, ${OUTCOME.assignments('d', 'id')}
    from ${OUTCOME.from('d')}
   where s.id = d.id`;

const SAVE_JUDGED_OUTCOMES = `
  update submission s
     set decided_at = $${String(JUDGED_OUTCOME.count + 1)}, ${JUDGED_OUTCOME.assignments('d', 'id')}
    from ${JUDGED_OUTCOME.from('d')}
   where s.id = d.id`;

const SAVE_CORRECTIONS = `
  update submission s set ${CORRECTION.assignments('d', 'id')} from ${CORRECTION.from('d')} where s.id = d.id`;

// A new version is neither approved nor given back, and owes nothing; without one all of that stays as it was.
const SAVE_OBLIGATIONS = `
  update obligation o
     set ${DECIDED_OBLIGATION.assignments('d', 'id')},
         ${['approved_act_id', 'returned_act_id', 'correct_by', 'next_notice_at']
           .map((column) => `${column} = case when d.last_version = o.last_version then o.${column} end`)
           .join(', ')}
    from ${DECIDED_OBLIGATION.from('d')}
   where o.id = d.id`;

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
    const rows: object[] = await tx.query(
      lockedRows === 'skip' ? `${LOCK_OBLIGATIONS} skip locked` : LOCK_OBLIGATIONS,
      [submissionIds],
    );
    const locked = rows.map((row) => OBLIGATION.read(row));
    const obligations = lockedRows === 'skip' ? await this.withFreeNodes(tx, locked) : locked;
    const corrected = obligations.flatMap((row) => (row.someFiguresReturned ? [row.id] : []));
    const read: object[] = await tx.query(READ_SUBMISSIONS, [submissionIds, REFUSED_FOR_BASE, corrected]);
    const submissions = read.map((row) => SUBMISSION.read(row));
    const found = new Set(submissions.map((row) => row.id));
    const missing = submissionIds.filter((id) => !found.has(id));
    if (missing.length > 0) throw new Error(`there is no submission ${missing.join(', ')}`);
    const seqOf = await this.acceptedSeqs(tx, obligations);
    const returned = await readReturnedFigures(
      tx,
      obligations.flatMap((row) => (row.someFiguresReturned ? [row.id] : [])),
    );
    const inHands = new Set(obligations.map((row) => row.id));
    const open = submissions.filter((row) => row.undecided);
    return {
      obligations: obligations.map((row) => inHand(row, seqOf, returned)),
      submissions: open.filter((row) => inHands.has(row.obligationId)),
      held: open.filter((row) => !inHands.has(row.obligationId)).map((row) => row.id),
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
    const obligations = output.obligations.map(({ accepted, figuresReturned, ...row }) => ({
      ...row,
      someFiguresReturned: figuresReturned !== null,
      acceptedSubmissionId: accepted?.submissionId ?? null,
    }));
    await tx.query(SAVE_OBLIGATIONS, DECIDED_OBLIGATION.parameters(obligations));
    await closeSentDrafts(
      tx,
      output.submissions.flatMap(({ id, state }) => (state === 'rejected' ? [] : [id])),
    );
    await markNodesDirty(tx, output.obligations);
  }

  /** Those of `obligations` whose node could be locked without waiting; in the order `save` locks nodes in. */
  private async withFreeNodes(
    tx: Transaction,
    obligations: readonly LockedObligation[],
  ): Promise<readonly LockedObligation[]> {
    const nodes: object[] = await tx.query(LOCK_FREE_NODES, NODE.parameters(obligations));
    const free = new Set(nodes.map((row) => nodeKey(NODE.read(row))));
    return obligations.filter((obligation) => free.has(nodeKey(obligation)));
  }

  private async acceptedSeqs(
    tx: Transaction,
    obligations: readonly LockedObligation[],
  ): Promise<ReadonlyMap<string, bigint>> {
    const ids = obligations.flatMap((row) =>
      row.acceptedSubmissionId === null ? [] : [row.acceptedSubmissionId],
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
    const asAtTheDoor = submissions.filter(({ judged }) => judged === 'atTheDoor');
    if (asAtTheDoor.length > 0)
      await tx.query(SAVE_OUTCOMES, [...OUTCOME.parameters(asAtTheDoor), new Date(decidedAt)]);
    const others = submissions.flatMap(({ judged, ...rest }) =>
      judged === 'atTheDoor' ? [] : [{ ...rest, judged }],
    );
    if (others.length > 0)
      await tx.query(SAVE_JUDGED_OUTCOMES, [...JUDGED_OUTCOME.parameters(others), new Date(decidedAt)]);
    const corrections = submissions.flatMap(({ id, payload }) => (payload === null ? [] : [{ id, payload }]));
    if (corrections.length > 0) await tx.query(SAVE_CORRECTIONS, CORRECTION.parameters(corrections));
    if (replaced.length > 0) {
      await tx.query(
        `update submission set state = 'superseded' where id = any($1::uuid[]) and state = 'accepted'`,
        [replaced],
      );
    }
  }
}

function nodeKey(node: NodeName): string {
  return `${node.requirementId}.${String(node.periodId)}.${String(node.nodeUnitId)}`;
}

function inHand(
  { acceptedSubmissionId, someFiguresReturned, ...row }: LockedObligation,
  seqOf: ReadonlyMap<string, bigint>,
  returned: ReadonlyMap<string, ReturnedFigures>,
): ObligationInHand {
  const figuresReturned = someFiguresReturned ? (returned.get(row.id) ?? null) : null;
  return { ...row, accepted: acceptedOf(acceptedSubmissionId, seqOf), figuresReturned };
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
