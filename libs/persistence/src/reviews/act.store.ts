import { Injectable } from '@nestjs/common';
import type { Instant, RecordedAct, ReminderPolicy, ReportStage } from '@mach/domain';
import {
  bigintNumber,
  bigints,
  bigintText,
  boolean,
  integer,
  jsonb,
  text,
  timestamptz,
  uuid,
} from '../columns/column';
import { columns, nullable } from '../columns/columns';
import { markNodesDirty } from '../rollup/mark-nodes-dirty';
import type { Transaction } from '../transactions';
import type { ActToRecord, ReportInHand } from './report-in-hand';

/** What the columns of an obligation say about its report. */
interface Read extends Omit<ReportInHand, 'life' | 'policy'> {
  readonly policy: ReminderPolicy;
  readonly undecided: boolean;
  readonly lastVersion: number;
  readonly needsApproval: boolean;
  readonly exempt: boolean;
  readonly opensAt: Instant;
  readonly firstDeadline: Instant;
  readonly deadline: Instant;
  readonly closesAt: Instant;
  readonly askedUntil: Instant | null;
  readonly received: boolean;
  readonly approved: boolean;
  readonly correctBy: Instant | null;
  readonly figuresReturned: Readonly<Record<string, string>> | null;
}

const READ = columns<Read>()({
  obligationId: bigintNumber.at('o.id'),
  requirementId: uuid.at('o.requirement_id'),
  periodId: integer.at('o.period_id'),
  nodeUnitId: integer.at('o.node_unit_id'),
  unitId: integer.at('o.unit_id'),
  superiorUnitId: integer.at('o.superior_unit_id'),
  policy: jsonb.at('policy.definition'),
  counting: nullable({
    submissionId: uuid.at('s.id'),
    formVersionId: uuid.at('s.form_version_id'),
    figures: bigints.at('s.figures'),
  }),
  undecided: boolean.at(
    `exists (select from submission w where w.obligation_id = o.id and w.state = 'received')`,
  ),
  lastVersion: integer.at('o.last_version'),
  needsApproval: boolean.at('o.needs_approval'),
  exempt: boolean.at('o.exempt_reason is not null'),
  opensAt: timestamptz.at('o.opens_at'),
  firstDeadline: timestamptz.at('o.first_deadline'),
  deadline: timestamptz.at('o.deadline'),
  closesAt: timestamptz.at('o.closes_at'),
  askedUntil: timestamptz.at('asked.until'),
  received: boolean.at('o.received_at is not null'),
  approved: boolean.at('o.approved_act_id is not null'),
  correctBy: timestamptz.at('o.correct_by'),
  figuresReturned: jsonb.at('returned.figures'),
});

const LOCK = `select id from obligation where id = any($1::bigint[]) order by id for no key update`;
const READ_LOCKED = `
  select ${READ.selected()}
    from obligation o
    join requirement r on r.id = o.requirement_id
    join reminder_policy policy on policy.id = r.reminder_policy_id
    left join submission s on s.id = o.accepted_submission_id
    left join obligation_act asked on asked.id = o.asked_act_id
    left join obligation_act returned on returned.id = o.returned_act_id
   where o.id = any($1::bigint[])
   order by o.id`;

interface RecordRow {
  readonly obligationId: number;
  readonly kind: RecordedAct['kind'];
  readonly accountId: number;
  readonly at: Instant;
  readonly version: number | null;
  readonly until: Instant | null;
  readonly reason: string | null;
  readonly figures: Readonly<Record<string, string>> | null;
}

const RECORD = columns<RecordRow>()({
  obligationId: bigintNumber,
  kind: text,
  accountId: integer,
  at: timestamptz,
  version: integer,
  until: timestamptz,
  reason: text,
  figures: jsonb,
});
const ADD_TO_RECORD = `${RECORD.insertInto('obligation_act')} returning id, obligation_id`;

/** What an act leaves of an obligation; each id of an act is set by its act, kept while it holds, and goes. */
interface Effect {
  readonly id: number;
  readonly actId: string;
  readonly deadline: Instant;
  readonly closesAt: Instant;
  readonly exempt: boolean;
  readonly exemptReason: string | null;
  readonly counted: boolean;
  readonly approved: boolean;
  readonly approving: boolean;
  readonly correctBy: Instant | null;
  readonly givingBack: boolean;
  readonly asked: boolean;
  readonly asking: boolean;
  readonly reminded: boolean;
  readonly nextNoticeAt: Instant | null;
}

const EFFECT = columns<Effect>()({
  id: bigintNumber,
  actId: bigintText,
  deadline: timestamptz,
  closesAt: timestamptz,
  exempt: boolean,
  exemptReason: text,
  counted: boolean,
  approved: boolean,
  approving: boolean,
  correctBy: timestamptz,
  givingBack: boolean,
  asked: boolean,
  asking: boolean,
  reminded: boolean,
  nextNoticeAt: timestamptz,
});
const SAVE_EFFECTS = `
  update obligation o
     set deadline = e.deadline, closes_at = e.closes_at, correct_by = e.correct_by,
         next_notice_at = case when e.reminded then e.next_notice_at else o.next_notice_at end,
         exempt_reason = case when e.exempt then coalesce(e.exempt_reason, o.exempt_reason) end,
         accepted_submission_id = case when e.counted then o.accepted_submission_id end,
         approved_act_id = case when e.approving then e.act_id when e.approved then o.approved_act_id end,
         returned_act_id = case when e.giving_back then e.act_id when e.correct_by is not null then o.returned_act_id end,
         asked_act_id = case when e.asking then e.act_id when e.asked then o.asked_act_id end
    from ${EFFECT.from('e')}
   where o.id = e.id`;

const SHARE = columns<{ readonly id: string; readonly contribution: readonly (bigint | null)[] }>()({
  id: uuid,
  contribution: bigints,
});
const SAVE_SHARES = `
  update submission s set ${SHARE.assignments('d', 'id')} from ${SHARE.from('d')} where s.id = d.id`;

/** Acts on reports (duyệt, trả lại, gia hạn, miễn, mở khóa): read under their locks, and written down. */
@Injectable()
export class ActStore {
  /**
   * Locks the obligations in id order, as decisions do, then reads them: a statement that locks and reads at once
   * would see what stood before it waited. Those that do not exist are left out.
   */
  async lock(tx: Transaction, obligationIds: readonly number[]): Promise<ReportInHand[]> {
    await tx.query(LOCK, [obligationIds]);
    const rows: object[] = await tx.query(READ_LOCKED, [obligationIds]);
    return rows.map((row) => inHand(READ.read(row)));
  }

  /**
   * Adds acts to the record and writes what they leave: the obligation, the submission, and nodes to be recomputed,
   * locked last as by decisions. At most one act for each obligation. @returns the acts' ids, by obligation.
   */
  async record(tx: Transaction, acts: readonly ActToRecord[]): Promise<ReadonlyMap<number, string>> {
    if (acts.length === 0) return new Map();
    const rows: { id: string; obligation_id: string }[] = await tx.query(
      ADD_TO_RECORD,
      RECORD.parameters(acts.map(recordRow)),
    );
    const ids = new Map(rows.map((row) => [Number(row.obligation_id), row.id]));
    const shares = acts.flatMap(({ report: { counting }, contribution }) =>
      counting === null || contribution === null ? [] : [{ id: counting.submissionId, contribution }],
    );
    if (shares.length > 0) await tx.query(SAVE_SHARES, SHARE.parameters(shares));
    const givenBack = acts.flatMap(({ act, report: { counting } }) =>
      act.kind === 'return' && counting !== null ? [counting.submissionId] : [],
    );
    if (givenBack.length > 0)
      await tx.query(`update submission set state = 'returned' where id = any($1::uuid[])`, [givenBack]);
    await tx.query(
      SAVE_EFFECTS,
      EFFECT.parameters(acts.map((act) => effectOf(act, ids.get(act.report.obligationId) ?? ''))),
    );
    await markNodesDirty(
      tx,
      acts.map(({ report }) => report),
    );
    return ids;
  }
}

function inHand({ undecided, received, approved, correctBy, figuresReturned, ...read }: Read): ReportInHand {
  const { lastVersion, needsApproval, exempt, opensAt, firstDeadline, deadline, closesAt, askedUntil } = read;
  const { obligationId, requirementId, periodId, nodeUnitId, unitId, superiorUnitId, policy, counting } =
    read;
  const counted = counting !== null;
  return {
    obligationId,
    requirementId,
    periodId,
    nodeUnitId,
    unitId,
    superiorUnitId,
    policy,
    counting,
    life: {
      stage: stageOf({ counted, received, approved, correctBy, figuresReturned }),
      undecided: Number(undecided),
      lastVersion,
      needsApproval,
      exempt,
      opensAt,
      firstDeadline,
      deadline,
      closesAt,
      askedUntil,
    },
  };
}

function stageOf({
  counted,
  received,
  approved,
  correctBy,
  figuresReturned,
}: Pick<Read, 'received' | 'approved' | 'correctBy' | 'figuresReturned'> & {
  readonly counted: boolean;
}): ReportStage {
  if (!counted) {
    if (correctBy !== null) return { kind: 'returned', correctBy };
    return { kind: received ? 'rejected' : 'draft' };
  }
  if (correctBy !== null) return { kind: 'figuresReturned', figures: figuresReturned ?? {}, correctBy };
  return { kind: approved ? 'approved' : 'accepted' };
}

function recordRow({ report, act, accountId, at, after }: ActToRecord): RecordRow {
  return {
    obligationId: report.obligationId,
    kind: act.kind,
    accountId,
    at,
    version: 'version' in act ? act.version : null,
    until: 'until' in act ? act.until : 'correctBy' in act ? act.correctBy : null,
    reason: 'reason' in act ? act.reason : null,
    // With those of an earlier return that is still open: the latest one says all that may be changed.
    figures: after.stage.kind === 'figuresReturned' && 'figures' in act ? after.stage.figures : null,
  };
}

function effectOf({ report, act, after, nextNoticeAt }: ActToRecord, actId: string): Effect {
  const { stage } = after;
  return {
    id: report.obligationId,
    actId,
    deadline: after.deadline,
    closesAt: after.closesAt,
    exempt: after.exempt,
    exemptReason: act.kind === 'exempt' ? act.reason : null,
    counted: stage.kind === 'accepted' || stage.kind === 'approved' || stage.kind === 'figuresReturned',
    approved: stage.kind === 'approved',
    approving: act.kind === 'approve',
    correctBy: 'correctBy' in stage ? stage.correctBy : null,
    givingBack: act.kind === 'return' || act.kind === 'return_figures',
    asked: after.askedUntil !== null,
    asking: act.kind === 'ask_extension',
    reminded: nextNoticeAt !== 'unchanged',
    nextNoticeAt: nextNoticeAt === 'unchanged' ? null : nextNoticeAt,
  };
}
