import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AT_ONCE, STEPS_AT_ONCE, type Channel, type Instant } from '@mach/domain';
import { bigintText, integer, text, timestamptz, uuid } from '../columns/column';
import { columns, elsewhere } from '../columns/columns';
import { asOnlyOne } from '../only-one';
import type { Transaction } from '../transactions';
import type { ActToTell, DueObligation, NextLook, NoticeToPlan, OwedItem, Recipient } from './notice';

/** Any constant of our own: of several notifiers one sweeps at a time. */
const SWEEP_LOCK = 7_177_002;

/** Something counts and nothing was given back, or nothing is asked: nobody is reminded. */
const MET = `(o.exempt_reason is not null or o.accepted_submission_id is not null and o.correct_by is null)`;
/** What was given back is due by the date to correct it by. */
const DUE = `coalesce(o.correct_by, o.deadline)`;
/** A report that came in and waits for its decision. */
const UNDECIDED = `exists (select 1 from submission s where s.obligation_id = o.id and s.state = 'received')`;

/** Reminding of an earlier deadline: nobody is reminded of what was extended meanwhile. */
const EXTENDED_SINCE = `exists (select 1 from obligation_act granted
  where granted.obligation_id = o.id and granted.kind = 'grant_extension' and granted.at >= n.created_at)`;

/** What was given back, figures by their labels in the order of the form. */
const RETURNED = `
  case when act.id is not null then jsonb_build_object('reason', act.reason, 'figures', (
    select jsonb_agg(jsonb_build_object('label', asked.indicator ->> 'label', 'reason', act.figures ->> (asked.indicator ->> 'code'))
             order by asked.place)
      from jsonb_array_elements(v.definition -> 'indicators') with ordinality as asked (indicator, place)
     where act.figures ? (asked.indicator ->> 'code'))) end`;

/** The latest answer to a request for more time, where the digest is to tell of one. */
const ANSWERED = `
  (select jsonb_build_object('granted', answer.kind = 'grant_extension', 'reason', answer.reason,
            'until', (extract(epoch from answer.until) * 1000)::bigint)
     from obligation_act answer
    where answer.obligation_id = o.id and answer.kind in ('grant_extension', 'refuse_extension')
      and exists (select 1 from notice n
                   where n.digest_id = $1 and n.obligation_id = o.id and n.step = 'extension_answered')
    order by answer.id desc limit 1)`;

const DIGEST = columns<{ readonly id: string; readonly contactId: number }>()({
  id: uuid,
  contactId: integer,
});
const LEDGER = columns<NoticeToPlan & { readonly digestId: string }>()({
  obligationId: bigintText,
  step: text,
  contactId: integer,
  plannedFor: timestamptz,
  // In the deliveries of the digest.
  channels: elsewhere,
  digestId: uuid,
});
const LOOK = columns<NextLook>()({ obligationId: bigintText, at: timestamptz });

const CREATE_DIGESTS = `
  insert into digest (created_at, ${DIGEST.names()}) select $1, ${DIGEST.values()} from ${DIGEST.from('d', 2)}`;
const RECORD = `
  insert into notice (created_at, ${LEDGER.names()}) select $1, ${LEDGER.values()} from ${LEDGER.from('n', 2)}
  on conflict do nothing`;
const LOOK_AGAIN = `
  update obligation o set next_notice_at = l.at from ${LOOK.from('l')} where o.id = l.obligation_id`;

interface DueRow {
  id: string;
  unit_id: number;
  parent_id: number | null;
  policy_id: string;
  deadline: Date;
  next_notice_at: Date;
  met: boolean;
}

interface OwedRow {
  obligation_id: string;
  unit_id: number;
  unit_code: string;
  unit_name: string;
  requirement_code: string;
  requirement_title: string;
  plan_symbol: string;
  plan_title: string;
  period_key: string;
  period_label: string;
  deadline: Date;
  quiet_hours: OwedItem['quietHours'];
  met: boolean;
  undecided: boolean;
  returned: OwedItem['returned'];
  answered: OwedItem['answered'];
}

/** The ledger of reminders (sổ đôn đốc): what is due, who was written to about what. */
@Injectable()
export class NoticeStore {
  constructor(private readonly dataSource: DataSource) {}

  /** Runs `work` while no other process does so; false when another one is at it. */
  async asOnlySweeper(work: () => Promise<void>): Promise<boolean> {
    return asOnlyOne(this.dataSource, SWEEP_LOCK, work);
  }

  /**
   * Locks up to `limit` obligations whose next notice is due, the longest due first, passing over what
   * another transaction holds. Left alone, and so found again later, are those of `quietPolicies` (nobody is
   * woken at night) and those with a report that is not decided yet: whether anything is owed is not known
   * before the decision.
   */
  async claimDue(
    tx: Transaction,
    now: Instant,
    quietPolicies: readonly string[],
    limit: number,
  ): Promise<DueObligation[]> {
    const rows: DueRow[] = await tx.query(
      `with due as materialized (
         select o.id, o.unit_id, ${DUE} as deadline, o.next_notice_at, r.reminder_policy_id as policy_id,
                ${MET} as met
           from obligation o
           join requirement r on r.id = o.requirement_id
          where o.next_notice_at <= $1 and r.reminder_policy_id <> all($2::uuid[]) and not ${UNDECIDED}
          order by o.next_notice_at, o.id
          limit $3
            for no key update of o skip locked)
       select due.*, f.parent_id
         from due left join unit_fact f on f.unit_id = due.unit_id and f.valid_to is null
        order by due.next_notice_at, due.id`,
      [new Date(now), quietPolicies, limit],
    );
    return rows.map((row) => ({
      id: row.id,
      unitId: row.unit_id,
      parentUnitId: row.parent_id,
      policyId: row.policy_id,
      deadline: row.deadline.getTime(),
      nextNoticeAt: row.next_notice_at.getTime(),
      met: row.met,
    }));
  }

  /**
   * The return `actId`, its obligation locked; null when it stands no more: it was corrected, or given back again,
   * of which that return tells.
   */
  async returnToTell(tx: Transaction, obligationId: string, actId: string): Promise<ActToTell | null> {
    return this.actToTell(
      tx,
      obligationId,
      `select o.unit_id, act.at from obligation o join obligation_act act on act.id = o.returned_act_id
        where o.id = $1 and act.id = $2`,
      actId,
    );
  }

  /** The answer `actId` to a request for more time, its obligation locked. */
  async answerToTell(tx: Transaction, obligationId: string, actId: string): Promise<ActToTell | null> {
    return this.actToTell(
      tx,
      obligationId,
      `select o.unit_id, act.at from obligation o join obligation_act act on act.obligation_id = o.id
        where o.id = $1 and act.id = $2 and act.kind in ('grant_extension', 'refuse_extension')`,
      actId,
    );
  }

  /** Whom to write to in `unitIds` and in the city's own office (marked by `city`). */
  async recipients(
    tx: Transaction,
    unitIds: readonly number[],
  ): Promise<(Recipient & { readonly city: boolean })[]> {
    return tx.query(
      `select c.id as "contactId", c.unit_id as "unitId", c.role, c.email_cipher is not null as "hasEmail",
              c.phone_cipher is not null as "hasPhone", u.level = 'city' as city
         from contact c join unit u on u.id = c.unit_id
        where c.unit_id = any($1::int[]) or u.level = 'city'
        order by c.id`,
      [unitIds],
    );
  }

  /**
   * Of `notices`, those that do not stand in the ledger yet. The obligations must be locked: nobody else
   * writes about them meanwhile.
   */
  async notYetInLedger(tx: Transaction, notices: readonly NoticeToPlan[]): Promise<NoticeToPlan[]> {
    if (notices.length === 0) return [];
    const rows: { obligation_id: string; step: string; contact_id: number; planned_for: Date }[] =
      await tx.query(
        'select obligation_id, step, contact_id, planned_for from notice where obligation_id = any($1::bigint[])',
        [[...new Set(notices.map((notice) => notice.obligationId))]],
      );
    const known = new Set(
      rows.map((row) => ledgerKey(row.obligation_id, row.step, row.contact_id, row.planned_for.getTime())),
    );
    return notices.filter(
      (notice) =>
        !known.has(ledgerKey(notice.obligationId, notice.step, notice.contactId, notice.plannedFor)),
    );
  }

  /**
   * Digests of `contactIds` that can still take in more: every delivery of theirs is planned and nobody was
   * asked to send it.
   * Their deliveries are locked, so that they stay so until the transaction ends.
   */
  async openDigests(tx: Transaction, contactIds: readonly number[]): Promise<ReadonlyMap<number, string>> {
    const rows: { digest_id: string; contact_id: number }[] = await tx.query(
      `select v.digest_id, g.contact_id
         from digest g join delivery v on v.digest_id = g.id
        where g.contact_id = any($1::int[]) and v.state = 'planned' and v.requested_at is null
          and not exists (select 1 from delivery x
                           where x.digest_id = g.id and (x.state <> 'planned' or x.requested_at is not null))
        order by v.id
          for update of v skip locked`,
      [contactIds],
    );
    return new Map(rows.map((row) => [row.contact_id, row.digest_id]));
  }

  async createDigests(
    tx: Transaction,
    digests: readonly { readonly id: string; readonly contactId: number }[],
    now: Instant,
  ): Promise<void> {
    if (digests.length === 0) return;
    await tx.query(CREATE_DIGESTS, [new Date(now), ...DIGEST.parameters(digests)]);
  }

  /** Writes ledger rows. One that stands there already is left as it is. */
  async record(
    tx: Transaction,
    notices: readonly (NoticeToPlan & { readonly digestId: string })[],
    now: Instant,
  ): Promise<void> {
    if (notices.length === 0) return;
    await tx.query(RECORD, [new Date(now), ...LEDGER.parameters(notices)]);
  }

  async lookAgain(tx: Transaction, looks: readonly NextLook[]): Promise<void> {
    if (looks.length === 0) return;
    await tx.query(LOOK_AGAIN, LOOK.parameters(looks));
  }

  /**
   * What the digest says over `channel`, one item for each obligation, by deadline and unit; a step that is
   * not sent over it is left out, and so is one that was planned before the deadline moved.
   */
  async owed(tx: Transaction, digestId: string, channel: Channel): Promise<OwedItem[]> {
    const rows: OwedRow[] = await tx.query(
      `select o.id as obligation_id, u.id as unit_id, u.code as unit_code, coalesce(f.name, u.code) as unit_name,
              r.code as requirement_code, r.title as requirement_title, p.symbol as plan_symbol, p.title as plan_title,
              e.key as period_key, e.label as period_label, ${DUE} as deadline, y.definition -> 'quietHours' as quiet_hours,
              ${MET} as met, ${UNDECIDED} as undecided, ${RETURNED} as returned, ${ANSWERED} as answered
         from obligation o
         join unit u on u.id = o.unit_id
         left join unit_fact f on f.unit_id = u.id and f.valid_to is null
         join requirement r on r.id = o.requirement_id
         join reminder_policy y on y.id = r.reminder_policy_id
         join plan p on p.id = r.plan_id
         join period e on e.id = o.period_id
         left join obligation_act act on act.id = o.returned_act_id
         left join submission s on s.id = o.accepted_submission_id
         left join form_version v on v.id = s.form_version_id
        where o.id in (select n.obligation_id from notice n where n.digest_id = $1)
          and exists (select 1 from notice n
                       where n.digest_id = $1 and n.obligation_id = o.id
                         and (n.step = any($3::text[]) and $2 = any($4::text[])
                           or not ${EXTENDED_SINCE} and exists (select 1 from jsonb_array_elements(y.definition -> 'steps') rule
                                       where rule ->> 'code' = n.step and rule -> 'channels' ? $2)))
        order by deadline, u.code`,
      [digestId, channel, STEPS_AT_ONCE, AT_ONCE.channels],
    );
    return rows.map(owedItem);
  }

  /**
   * Takes back the notices about obligations whose report is not decided yet, so that nothing is lost when it
   * is rejected: the sweep finds them again after the decision. What is told at once stays; so do
   * notices that went out over another channel, or may have. Waits for nobody: false, and nothing is taken back, while an obligation is locked by
   * someone else or another channel's attempt may still fail.
   */
  async takeBack(tx: Transaction, digestId: string, obligationIds: readonly string[]): Promise<boolean> {
    if (obligationIds.length === 0) return true;
    const underWay: unknown[] = await tx.query(
      `select 1 from delivery where digest_id = $1 and state = 'sending'`,
      [digestId],
    );
    if (underWay.length > 0) return false;
    const locked: unknown[] = await tx.query(
      'select 1 from obligation where id = any($1::bigint[]) order by id for no key update skip locked',
      [obligationIds],
    );
    if (locked.length < obligationIds.length) return false;
    await tx.query(
      `with taken as (
         delete from notice where digest_id = $1 and obligation_id = any($2::bigint[]) and step <> all($3::text[])
           and not exists (select 1 from delivery where digest_id = $1 and state in ('unknown', 'sent', 'delivered'))
         returning obligation_id, planned_for)
       update obligation o set next_notice_at = least(o.next_notice_at, t.planned_for)
         from (select obligation_id, min(planned_for) as planned_for from taken group by obligation_id) t
        where o.id = t.obligation_id and not ${MET}`,
      [digestId, obligationIds, STEPS_AT_ONCE],
    );
    return true;
  }

  private async actToTell(
    tx: Transaction,
    obligationId: string,
    read: string,
    actId: string,
  ): Promise<ActToTell | null> {
    await tx.query('select 1 from obligation where id = $1 for no key update', [obligationId]);
    const rows = await tx.query<{ unit_id: number; at: Date }[]>(read, [obligationId, actId]);
    const row = rows[0];
    return row === undefined ? null : { obligationId, unitId: row.unit_id, at: row.at.getTime() };
  }
}

/** A deadline that moved, or a date to correct by, has its steps once more, at other moments. */
function ledgerKey(obligationId: string, step: string, contactId: number, plannedFor: Instant): string {
  return `${obligationId} ${String(contactId)} ${String(plannedFor)} ${step}`;
}

function owedItem(row: OwedRow): OwedItem {
  return {
    obligationId: row.obligation_id,
    unit: { id: row.unit_id, code: row.unit_code, name: row.unit_name },
    requirement: { code: row.requirement_code, title: row.requirement_title },
    plan: { symbol: row.plan_symbol, title: row.plan_title },
    period: { key: row.period_key, label: row.period_label },
    deadline: row.deadline.getTime(),
    quietHours: row.quiet_hours,
    standing: row.met ? 'met' : row.undecided ? 'undecided' : 'owed',
    returned: row.returned,
    answered: row.answered,
  };
}
