import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { instantAt, nextNoticeAt, type ReminderPolicy } from '@mach/domain';
import type { ContactStore } from '@mach/persistence';

/** The policy of the demonstration: nudged before, urged after, then the office above, then the city. */
const POLICY: ReminderPolicy = {
  steps: [
    { code: 'due_soon', day: -1, at: '08:00', audience: ['clerk'], channels: ['email'] },
    { code: 'due_today', day: 0, at: '08:00', audience: ['clerk'], channels: ['email', 'sms'] },
    { code: 'overdue', day: 1, at: '08:00', audience: ['clerk', 'head'], channels: ['email', 'sms'] },
    { code: 'escalate_parent', day: 2, at: '08:00', audience: ['parentOffice'], channels: ['email'] },
    { code: 'escalate_city', day: 4, at: '08:00', audience: ['cityOffice'], channels: ['email'] },
  ],
  quietHours: { from: '21:00', to: '06:30' },
};

const DEADLINE = instantAt('2026-11-17', '17:00');

export interface PlantedUnit {
  readonly id: number;
  readonly code: string;
  readonly name: string;
}

/**
 * A city with one committee and its cells, a clerk and a head in every office, and nothing asked of them yet.
 */
export interface City {
  readonly city: PlantedUnit;
  readonly committee: PlantedUnit;
  readonly cells: readonly PlantedUnit[];
}

export async function plantCity(
  dataSource: DataSource,
  contacts: ContactStore,
  cellCount: number,
): Promise<City> {
  const [city] = await plantUnits(
    dataSource,
    contacts,
    [{ code: 'HP', level: 'city', name: 'Thành ủy Hải Phòng' }],
    null,
  );
  if (city === undefined) throw new Error('no city');
  const [committee] = await plantUnits(
    dataSource,
    contacts,
    [{ code: '11560', level: 'committee', name: 'Đảng ủy phường Thủy Nguyên' }],
    city.id,
  );
  if (committee === undefined) throw new Error('no committee');
  const cells = Array.from({ length: cellCount }, (_, index) => ({
    code: `11560-${String(index + 1).padStart(4, '0')}`,
    level: 'cell',
    name: `Chi bộ thôn ${String(index + 1)}`,
  }));
  return { city, committee, cells: await plantUnits(dataSource, contacts, cells, committee.id) };
}

async function plantUnits(
  dataSource: DataSource,
  contacts: ContactStore,
  units: readonly { readonly code: string; readonly level: string; readonly name: string }[],
  parentId: number | null,
): Promise<PlantedUnit[]> {
  const rows: { id: number; code: string }[] = await dataSource.query(
    `insert into unit (code, level, kind) select code, level, 'residential' from unnest($1::text[], $2::text[]) as u (code, level) returning id, code`,
    [units.map((unit) => unit.code), units.map((unit) => unit.level)],
  );
  const idOf = new Map(rows.map((row) => [row.code, row.id]));
  const planted = units.map((unit) => ({ id: idOf.get(unit.code) ?? 0, code: unit.code, name: unit.name }));
  await dataSource.query(
    `insert into unit_fact (unit_id, valid_from, name, parent_id) select id, '2025-07-01', name, $3 from unnest($1::int[], $2::text[]) as f (id, name)`,
    [planted.map((unit) => unit.id), planted.map((unit) => unit.name), parentId],
  );
  await dataSource.transaction(async (tx) => {
    for (const unit of planted) {
      const number = String(unit.id).padStart(6, '0');
      await contacts.create(tx, {
        unitId: unit.id,
        role: 'clerk',
        name: `Văn thư ${unit.name}`,
        email: addressOf('vanthu', unit),
        phone: `+84912${number}`,
      });
      await contacts.create(tx, {
        unitId: unit.id,
        role: 'head',
        name: `Bí thư ${unit.name}`,
        email: addressOf('bithu', unit),
        phone: `+84913${number}`,
      });
    }
  });
  return planted;
}

export function addressOf(role: 'vanthu' | 'bithu', unit: PlantedUnit): string {
  return `${role}.${unit.code.toLowerCase()}@haiphong.demo.invalid`;
}

/**
 * Asks `units` for a monthly report under plan 14-CTr/TU; answers the obligations' ids in the order of
 * `units`.
 */
export async function askForReport(
  dataSource: DataSource,
  units: readonly PlantedUnit[],
  { code = '14-CTR-TU-THANG', symbol = '14-CTr/TU', number = 14, deadline = DEADLINE } = {},
): Promise<string[]> {
  const [plan, form, version, policy, requirement] = [
    randomUUID(),
    randomUUID(),
    randomUUID(),
    randomUUID(),
    randomUUID(),
  ];
  const cities: { id: number }[] = await dataSource.query(`select id from unit where level = 'city'`);
  const cityId = cities[0]?.id;
  await dataSource.query(
    `insert into plan (id, type, number, symbol, issuer_id, term, issued_on, title)
     values ($1, 'CTr', $4, $2, $3, '2025-2030', '2026-01-28', 'Chương trình hành động thực hiện Kết luận 199-KL/TW')`,
    [plan, symbol, cityId, number],
  );
  await dataSource.query(`insert into form (id, code, title) values ($1, $2, 'Biểu thử')`, [
    form,
    `BIEU-${code}`,
  ]);
  await dataSource.query(
    `insert into form_version (id, form_id, version, definition, published_at) values ($1, $2, 1, '{}', now())`,
    [version, form],
  );
  await dataSource.query(
    `insert into reminder_policy (id, code, title, definition) values ($1, $2, 'Đôn đốc', $3)`,
    [policy, `DD-${code}`, JSON.stringify(POLICY)],
  );
  await dataSource.query(
    `insert into requirement (id, code, plan_id, form_version_id, reminder_policy_id, title, period_scheme, deadline_rule, window_rule, scope_unit_id, active_from)
     values ($1, $2, $3, $4, $5, $7, 'stateMonth', '{}', '{}', $6, '2026-01-01')`,
    [requirement, code, plan, version, policy, cityId, `Báo cáo tháng thực hiện ${symbol}`],
  );
  await dataSource.query(
    `insert into period (scheme, key, label, starts_on, ends_on) values ('stateMonth', '2026-11', 'Tháng 11/2026', '2026-10-15', '2026-11-14')
     on conflict do nothing`,
  );
  const first = nextNoticeAt(POLICY, deadline, 0);
  const rows: { id: string; unit_id: number }[] = await dataSource.query(
    `insert into obligation (requirement_id, period_id, unit_id, node_unit_id, opens_at, first_deadline, deadline, closes_at, next_notice_at)
     select $1, (select id from period where key = '2026-11'), u, u, $3, $4, $4, $4, $5 from unnest($2::int[]) as u returning id, unit_id`,
    [
      requirement,
      units.map((unit) => unit.id),
      new Date(instantAt('2026-11-09', '00:00')),
      new Date(deadline),
      first === null ? null : new Date(first),
    ],
  );
  const idOf = new Map(rows.map((row) => [row.unit_id, row.id]));
  return units.map((unit) => idOf.get(unit.id) ?? '');
}

/** What the aggregator does to an obligation when it accepts a report on it. */
export async function accept(dataSource: DataSource, obligationIds: readonly string[]): Promise<void> {
  await dataSource.query(
    `update obligation set received_at = now(), first_accepted_at = now(), accepted_submission_id = gen_random_uuid(), next_notice_at = null
      where id = any($1::bigint[])`,
    [obligationIds],
  );
}

/** A report that came in and is not decided yet; answers its id. */
export async function handIn(dataSource: DataSource, obligationId: string): Promise<string> {
  const id = randomUUID();
  await dataSource.query(
    `with someone as (
       insert into account (username, password_hash, role, unit_id, display_name)
       select $1::text, 'none', 'cell', unit_id, 'Người thử' from obligation where id = $2 returning id)
     insert into submission (id, receipt_number, receipt_key, body_hash, obligation_id, form_version_id, account_id, payload, received_at)
     select $1::uuid, $1::text, $1::text, '\\x00', o.id, r.form_version_id, someone.id, '{}', now()
       from obligation o join requirement r on r.id = o.requirement_id, someone where o.id = $2`,
    [id, obligationId],
  );
  return id;
}

/**
 * What the aggregator does when it rejects a report: the obligation has something received and nothing
 * accepted.
 */
export async function reject(dataSource: DataSource, submissionId: string): Promise<void> {
  await dataSource.query(`update submission set state = 'rejected', decided_at = now() where id = $1`, [
    submissionId,
  ]);
  await dataSource.query(
    `update obligation set received_at = now(), last_version = 1 where id = (select obligation_id from submission where id = $1)`,
    [submissionId],
  );
}
