import { randomUUID } from 'node:crypto';
import type { FormDefinition } from '@mach/domain';
import type { DataSource } from 'typeorm';

/**
 * A unit to plant: `parent` is its index in the list, null for the root; a parent comes before its children.
 */
export interface PlantedUnit {
  readonly parent: number | null;
  /** Whether the requirement asks this unit at all (levels without a deadline are not asked). */
  readonly asked: boolean;
  readonly exempt: boolean;
}

/** Rows of one requirement in one period over a tree of units, as opening the period leaves them. */
export interface PlantedTree {
  readonly requirementId: string;
  readonly requirementCode: string;
  readonly periodId: number;
  readonly periodKey: string;
  readonly formVersionId: string;
  readonly accountId: number;
  readonly unitIds: readonly number[];
  readonly unitCodes: readonly string[];
  /** Obligation of each unit; null where the unit is not asked. */
  readonly obligationIds: readonly (string | null)[];
}

export const OPENS_AT = Date.parse('2026-11-09T00:00:00+07:00');
export const DEADLINE = Date.parse('2026-11-17T17:00:00+07:00');
export const CLOSES_AT = Date.parse('2026-12-17T17:00:00+07:00');
export const NOW = Date.parse('2026-11-16T09:00:00+07:00');

/** Whether a unit has a node of its own: the root, and whoever has children. */
export function isNode(units: readonly PlantedUnit[], index: number): boolean {
  return units[index]?.parent === null || units.some((unit) => unit.parent === index);
}

function depthOf(units: readonly PlantedUnit[], index: number): number {
  const parent = units[index]?.parent ?? null;
  return parent === null ? 0 : 1 + depthOf(units, parent);
}

/** Whether a unit lies in the subtree of `top`, itself included. */
export function isUnder(units: readonly PlantedUnit[], index: number, top: number): boolean {
  for (let at: number | null = index; at !== null; at = units[at]?.parent ?? null)
    if (at === top) return true;
  return false;
}

/** Plants a tree with plan, form, requirement and an open period of its own, so that trees never meet. */
export async function plantTree(
  dataSource: DataSource,
  units: readonly PlantedUnit[],
  definition: FormDefinition,
): Promise<PlantedTree> {
  const mark = randomUUID().slice(0, 13);
  const unitIds = await plantUnits(dataSource, units, mark);
  const rootId = unitIds[0];
  const [planId, formId, formVersionId, policyId, requirementId] = [
    randomUUID(),
    randomUUID(),
    randomUUID(),
    randomUUID(),
    randomUUID(),
  ] as const;
  await dataSource.query(
    `insert into plan (id, type, number, symbol, issuer_id, term, issued_on, title) values ($1, 'KH', 1, $2, $3, '2025-2030', '2026-01-28', 'Kế hoạch thử')`,
    [planId, `01-KH/${mark}`, rootId],
  );
  await dataSource.query(`insert into form (id, code, title) values ($1, $2, 'Biểu thử')`, [
    formId,
    `F-${mark}`,
  ]);
  await dataSource.query(
    `insert into form_version (id, form_id, version, definition, published_at) values ($1, $2, 1, $3, now())`,
    [formVersionId, formId, JSON.stringify(definition)],
  );
  await dataSource.query(
    `insert into reminder_policy (id, code, title, definition) values ($1, $2, 'Không nhắc', $3)`,
    [policyId, `P-${mark}`, JSON.stringify({ steps: [], quietHours: null })],
  );
  await dataSource.query(
    `insert into requirement (id, code, plan_id, form_version_id, reminder_policy_id, title, period_scheme, deadline_rule, window_rule, scope_unit_id, active_from)
     values ($1, $2, $3, $4, $5, 'Báo cáo thử', 'stateMonth', '{}', $6, $7, '2026-01-01')`,
    [
      requirementId,
      `R-${mark}`,
      planId,
      formVersionId,
      policyId,
      JSON.stringify({ opensDaysBeforeCutoff: 5, closesDaysAfterDeadline: 30 }),
      rootId,
    ],
  );
  await dataSource.query(
    `insert into period (scheme, key, label, starts_on, ends_on) values ('stateMonth', '2026-11', 'Tháng 11/2026', '2026-10-15', '2026-11-14')
     on conflict do nothing`,
  );
  const periods: { id: number }[] = await dataSource.query(
    `select id from period where scheme = 'stateMonth' and key = '2026-11'`,
  );
  const periodId = periods[0]?.id ?? 0;
  const obligationIds = await plantObligations(dataSource, units, unitIds, requirementId, periodId);
  await plantNodes(dataSource, units, unitIds, requirementId, periodId);
  const accounts: { id: number }[] = await dataSource.query(
    `insert into account (username, password_hash, role, unit_id, display_name) values ($1, 'none', 'city_office', $2, 'Người thử') returning id`,
    [`a-${mark}`, rootId],
  );
  return {
    requirementId,
    requirementCode: `R-${mark}`,
    periodId,
    periodKey: '2026-11',
    formVersionId,
    accountId: accounts[0]?.id ?? 0,
    unitIds,
    unitCodes: units.map((_, index) => codeOf(mark, index)),
    obligationIds,
  };
}

function codeOf(mark: string, index: number): string {
  return `${mark}-${String(index)}`;
}

async function plantUnits(
  dataSource: DataSource,
  units: readonly PlantedUnit[],
  mark: string,
): Promise<readonly number[]> {
  const rows: { id: number; code: string }[] = await dataSource.query(
    `insert into unit (code, level, kind) select code, 'cell', 'residential' from unnest($1::text[]) with ordinality as t (code, n) order by n
     returning id, code`,
    [units.map((_, index) => codeOf(mark, index))],
  );
  const idOf = new Map(rows.map((row) => [row.code, row.id]));
  const ids = units.map((_, index) => idOf.get(codeOf(mark, index)) ?? 0);
  await dataSource.query(
    `insert into unit_fact (unit_id, valid_from, name, parent_id) select id, '2025-07-01', 'Đơn vị thử', parent
       from unnest($1::int[], $2::int[]) as t (id, parent)`,
    [ids, units.map((unit) => (unit.parent === null ? null : ids[unit.parent]))],
  );
  return ids;
}

async function plantObligations(
  dataSource: DataSource,
  units: readonly PlantedUnit[],
  unitIds: readonly number[],
  requirementId: string,
  periodId: number,
): Promise<readonly (string | null)[]> {
  const asked = units.flatMap((unit, index) => (unit.asked ? [{ unit, index }] : []));
  const rows: { id: string; unit_id: number }[] = await dataSource.query(
    `insert into obligation (requirement_id, period_id, unit_id, node_unit_id, opens_at, first_deadline, deadline, closes_at, exempt_reason, next_notice_at)
     select $1, $2, unit_id, node_unit_id, $3, $4, $4, $5, exempt_reason, $4 from unnest($6::int[], $7::int[], $8::text[]) as t (unit_id, node_unit_id, exempt_reason)
     returning id, unit_id`,
    [
      requirementId,
      periodId,
      new Date(OPENS_AT),
      new Date(DEADLINE),
      new Date(CLOSES_AT),
      asked.map(({ index }) => unitIds[index]),
      asked.map(({ unit, index }) => unitIds[isNode(units, index) ? index : (unit.parent ?? index)]),
      asked.map(({ unit }) => (unit.exempt ? 'Sáp nhập' : null)),
    ],
  );
  const idOf = new Map(rows.map((row) => [row.unit_id, row.id]));
  return unitIds.map((unitId) => idOf.get(unitId) ?? null);
}

async function plantNodes(
  dataSource: DataSource,
  units: readonly PlantedUnit[],
  unitIds: readonly number[],
  requirementId: string,
  periodId: number,
): Promise<void> {
  const nodes = units.flatMap((unit, index) => (isNode(units, index) ? [{ unit, index }] : []));
  await dataSource.query(
    `insert into rollup_node (requirement_id, period_id, unit_id, parent_unit_id, depth)
     select $1, $2, unit_id, parent_unit_id, depth from unnest($3::int[], $4::int[], $5::smallint[]) as t (unit_id, parent_unit_id, depth)`,
    [
      requirementId,
      periodId,
      nodes.map(({ index }) => unitIds[index]),
      nodes.map(({ unit }) => (unit.parent === null ? null : unitIds[unit.parent])),
      nodes.map(({ index }) => depthOf(units, index)),
    ],
  );
}
