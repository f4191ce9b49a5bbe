import {
  previousPeriod,
  yearOf,
  type Accumulators,
  type CompiledForm,
  type Instant,
  type Period,
  type ReportPayload,
  type UnitKind,
  type UnitLevel,
} from '@mach/domain';
import type { DataSource } from 'typeorm';
import { bigintText, bigints, date, integer, jsonb, text, uuid } from '../columns/column';
import { columns } from '../columns/columns';
import { FormStore } from '../forms/form.store';
import { PeriodStore } from '../requirements/period.store';
import { RollupStore } from '../rollup/rollup.store';
import { Transactions, type Transaction } from '../transactions';
import { plausibleMonth } from './plausible-month';

export interface HistoryOptions {
  /** How many months before the one opened last. */
  readonly months: number;
  readonly now: Instant;
  readonly nextId: () => string;
  /** Told after each month, in Vietnamese. */
  readonly say: (line: string) => void;
}

const REQUIREMENT = '14-CTR-TU-THANG';
const FORM = 'BM-14-CTR-THANG';
/** One unit in so many sent nothing in a month. */
const SILENT_ONE_IN = 150;
/** The month of a state-month's key. */
const MONTH_AT = 5;

interface Asked {
  readonly obligationId: string;
  readonly code: string;
  readonly level: UnitLevel;
  readonly kind: UnitKind;
}

interface Planted {
  readonly id: string;
  readonly obligationId: string;
  readonly receiptNumber: string;
  readonly payload: ReportPayload;
  readonly figures: Accumulators;
  readonly contribution: Accumulators;
}

const ASKED = columns<Asked>()({ obligationId: bigintText, code: text, level: text, kind: text });
const PLANTED = columns<Planted>()({
  id: uuid,
  obligationId: bigintText,
  receiptNumber: text,
  payload: jsonb,
  figures: bigints,
  contribution: bigints,
});
const LAST = columns<Period & { readonly periodId: number; readonly requirementId: string }>()({
  periodId: integer.at('p.id'),
  requirementId: uuid.at('r.id'),
  scheme: text.at('p.scheme'),
  key: text.at('p.key'),
  label: text.at('p.label'),
  startsOn: date.at('p.starts_on'),
  endsOn: date.at('p.ends_on'),
});

/**
 * Months before the demonstration's own, as if every unit of today had reported them: accepted submissions with
 * all that the intake and the roll-up keep of them, so that whatever recomputes the figures finds them right. Each month
 * in a transaction of its own; months that are there already are left as they are, so it may run again.
 *
 * @returns how many months were written
 */
export async function plantHistory(dataSource: DataSource, options: HistoryOptions): Promise<number> {
  const form = await compiled(dataSource);
  const last = await lastOpened(dataSource);
  if (form === null || last === null) return 0;
  const transactions = new Transactions(dataSource);
  const rollups = new RollupStore(dataSource, transactions);
  let period: Period = last;
  let written = 0;
  for (let monthsBack = 1; monthsBack <= options.months; monthsBack += 1) {
    period = previousPeriod(period);
    const planted = await transactions.run(
      (tx) => plantMonth(tx, dataSource, { last, period, form, options, monthsBack }),
      'preparing',
    );
    if (planted === null) continue;
    await rollups.recompute({ ...last, periodId: planted.periodId }, form.compiled.ops, options.now);
    // Nobody is asked about reports of the past: hints are not looked for in them.
    await dataSource.query(
      'update rollup_node set hinted_seq = computed_seq where requirement_id = $1 and period_id = $2',
      [last.requirementId, planted.periodId],
    );
    options.say(`Đã ghi ${String(planted.reports)} báo cáo của ${period.label}.`);
    written += 1;
  }
  return written;
}

async function compiled(dataSource: DataSource) {
  const forms = new FormStore(dataSource);
  const version = (await forms.byCode(FORM))?.versions[0];
  return version === undefined ? null : forms.compiledVersion(version.id);
}

/** The month opened last: whoever is asked then was asked in the months before. */
async function lastOpened(dataSource: DataSource) {
  const [row] = await dataSource.query<object[]>(
    `select ${LAST.selected()} from requirement r join period p on p.scheme = r.period_scheme
     where r.code = $1 and exists (select from rollup_node n where n.requirement_id = r.id and n.period_id = p.id
       and n.unit_id = r.scope_unit_id)
     order by p.starts_on desc limit 1`,
    [REQUIREMENT],
  );
  return row === undefined ? null : LAST.read(row);
}

interface Month {
  readonly last: NonNullable<Awaited<ReturnType<typeof lastOpened>>>;
  readonly period: Period;
  readonly form: { readonly id: string; readonly compiled: CompiledForm };
  readonly options: HistoryOptions;
  readonly monthsBack: number;
}

async function plantMonth(
  tx: Transaction,
  dataSource: DataSource,
  { last, period, form, options, monthsBack }: Month,
): Promise<{ readonly periodId: number; readonly reports: number } | null> {
  const { id: periodId } = await new PeriodStore(dataSource).ensure(tx, period);
  const there = await tx.query<unknown[]>(
    `select from rollup_node where requirement_id = $1 and period_id = $2 limit 1`,
    [last.requirementId, periodId],
  );
  if (there.length > 0) return null;
  const copied = [last.requirementId, last.periodId, periodId];
  const asked = await tx.query<object[]>(
    `with written as (
       insert into obligation (requirement_id, period_id, unit_id, node_unit_id, superior_unit_id, opens_at, first_deadline, deadline, closes_at)
       select requirement_id, $3, unit_id, node_unit_id, superior_unit_id, opens_at - ago, first_deadline - ago, first_deadline - ago, closes_at - ago
       from obligation, make_interval(months => $4) as ago
       where requirement_id = $1 and period_id = $2 and exempt_reason is null order by unit_id
       returning id, unit_id
     ) select written.id as obligation_id, code, level, kind from written join unit on unit.id = written.unit_id order by unit.id`,
    [...copied, monthsBack],
  );
  await tx.query(
    `insert into rollup_node (requirement_id, period_id, unit_id, parent_unit_id, depth, expected)
     select requirement_id, $3, unit_id, parent_unit_id, depth, expected from rollup_node
     where requirement_id = $1 and period_id = $2`,
    copied,
  );
  const reports = asked
    .map((row) => ASKED.read(row))
    .flatMap((unit, place) => report(unit, place, { period, form, options }));
  await tx.query(
    `insert into submission (id, receipt_number, receipt_key, body_hash, obligation_id, form_version_id, account_id, payload,
       received_at, state, decided_at, version, figures, contribution)
     select sent.id, sent.receipt_number, 'history ' || sent.obligation_id, sha256(sent.payload::text::bytea), sent.obligation_id, $1,
       (select min(id) from account where role = 'administrator'), sent.payload, o.opens_at, 'accepted', o.opens_at, 1,
       sent.figures, sent.contribution
     from (select ${PLANTED.values()} from ${PLANTED.from('planted', 2)}) sent (${PLANTED.names()})
     join obligation o on o.id = sent.obligation_id order by o.id`,
    [form.id, ...PLANTED.parameters(reports)],
  );
  await tx.query(
    `update obligation o set received_at = s.received_at, first_accepted_at = s.received_at, accepted_submission_id = s.id, last_version = 1
     from submission s where s.obligation_id = o.id and o.requirement_id = $1 and o.period_id = $2`,
    [last.requirementId, periodId],
  );
  return { periodId, reports: reports.length };
}

function report(
  { obligationId, ...unit }: Asked,
  place: number,
  { period, form, options }: Pick<Month, 'period' | 'form' | 'options'>,
): readonly Planted[] {
  const month = Number(period.key.slice(MONTH_AT));
  if ((place + month) % SILENT_ONE_IN === 0) return [];
  const payload = plausibleMonth(unit, yearOf(period), month);
  const checked = form.compiled.check(payload);
  if (!checked.ok) throw new Error(`${unit.code} in ${period.key}: ${JSON.stringify(checked.reasons)}`);
  const { figures, contribution } = checked;
  const receiptNumber = `PTN-${period.key.slice(2).replace('-', '')}-${serial(place)}`;
  return [{ id: options.nextId(), obligationId, receiptNumber, payload, figures, contribution }];
}

/** `0000-001G`: a number by itself, in the letters of a receipt. */
function serial(place: number): string {
  const digits = place.toString(16).toUpperCase().padStart(8, '0');
  return `${digits.slice(0, 4)}-${digits.slice(4)}`;
}
