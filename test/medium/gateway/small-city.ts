import { randomUUID, scryptSync } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { FormDefinition } from '@mach/domain';

export const PASSWORD = 'mat-khau-thu-2026';
export const REQUIREMENT = 'YC-THU';
export const PERIOD = '2026-11';

export const FORM: FormDefinition = {
  indicators: [
    {
      code: 'sessions',
      label: 'Số buổi học tập',
      section: 'Học tập',
      required: true,
      time: 'flow',
      type: 'integer',
      unit: 'buổi',
      decimals: 0,
      aggregation: { kind: 'sum' },
    },
    {
      code: 'attendance',
      label: 'Đảng viên dự học',
      section: 'Học tập',
      required: false,
      time: 'flow',
      type: 'ratio',
      unit: 'đảng viên',
      numeratorLabel: 'Dự học',
      denominatorLabel: 'Tổng số',
      decimals: 0,
      bounded: true,
      aggregation: { kind: 'ratioOfSums' },
    },
  ],
  narratives: [{ code: 'remarks', label: 'Nhận xét', required: false, maxLength: 2_000 }],
  rules: [],
  attachments: [
    {
      code: 'van_ban',
      label: 'Văn bản kèm theo',
      required: false,
      kinds: ['pdf', 'docx', 'xlsx', 'png', 'jpeg', 'webp'],
      maxFiles: 2,
    },
  ],
};

/**
 * Units: city HP; wards W1 (cells W1-1 … W1-3, grass-roots W1-G with cell W1-G-1) and W2 (cell W2-1).
 * `exempt` and `shut` hang under W2.
 */
const UNITS: readonly { code: string; level: string; kind: string; name: string; parent: string | null }[] = [
  { code: 'HP', level: 'city', kind: 'city', name: 'Thành ủy Hải Phòng', parent: null },
  { code: 'W1', level: 'committee', kind: 'phuong', name: 'Đảng ủy phường Một', parent: 'HP' },
  { code: 'W1-1', level: 'cell', kind: 'residential', name: 'Chi bộ tổ dân phố 1', parent: 'W1' },
  { code: 'W1-2', level: 'cell', kind: 'residential', name: 'Chi bộ tổ dân phố 2', parent: 'W1' },
  { code: 'W1-3', level: 'cell', kind: 'residential', name: 'Chi bộ tổ dân phố 3', parent: 'W1' },
  { code: 'W1-G', level: 'grassroots', kind: 'grassroots', name: 'Đảng bộ Trường Trung học', parent: 'W1' },
  { code: 'W1-G-1', level: 'cell', kind: 'public_service', name: 'Chi bộ Tổ Tự nhiên', parent: 'W1-G' },
  { code: 'W2', level: 'committee', kind: 'xa', name: 'Đảng ủy xã Hai', parent: 'HP' },
  { code: 'W2-1', level: 'cell', kind: 'residential', name: 'Chi bộ thôn 1', parent: 'W2' },
  { code: 'W2-2', level: 'cell', kind: 'residential', name: 'Chi bộ thôn 2', parent: 'W2' },
  { code: 'W2-3', level: 'cell', kind: 'residential', name: 'Chi bộ thôn 3', parent: 'W2' },
  { code: 'W2-4', level: 'cell', kind: 'residential', name: 'Chi bộ thôn 4', parent: 'W2' },
];

const ACCOUNTS: readonly (readonly [username: string, role: string, unit: string])[] = [
  ['quantri', 'administrator', 'HP'],
  ['vanphong', 'city_office', 'HP'],
  ['w1', 'committee', 'W1'],
  ['w2', 'committee', 'W2'],
  ['w1-1', 'cell', 'W1-1'],
  ['w2-1', 'cell', 'W2-1'],
];

/** An entry of the catalogue for each indicator of a form. */
async function plantCatalogue(database: DataSource, { indicators }: FormDefinition): Promise<void> {
  for (const indicator of indicators) {
    const content = {
      ...indicator,
      section: undefined,
      required: undefined,
      definition: indicator.label,
      reportedBy: { levels: [], kinds: [] },
    };
    await database.query(
      `insert into indicator (code, content, searchable, created_at) values ($1, $2, lower($3), now())`,
      [indicator.code, JSON.stringify(content), `${indicator.code} ${indicator.label}`],
    );
  }
}

const DATES = {
  opensAt: '2026-11-09T00:00:00+07:00',
  deadline: '2026-11-17T17:00:00+07:00',
  closesAt: '2026-12-17T17:00:00+07:00',
};

export interface SmallCity {
  readonly requirementId: string;
  readonly formVersionId: string;
  readonly periodId: number;
  unitId(code: string): number;
  obligationId(code: string): number;
}

/**
 * A city of twelve units with one requirement opened for November 2026. W2-2 is exempt, W2-3 is closed, W2-4
 * is not asked.
 */
export async function plantSmallCity(database: DataSource): Promise<SmallCity> {
  const unitIds = new Map<string, number>();
  for (const unit of UNITS) {
    const rows = await database.query<{ id: number }[]>(
      `insert into unit (code, level, kind, tile_col, tile_row) values ($1, $2, $3, $4, $5) returning id`,
      [
        unit.code,
        unit.level,
        unit.kind,
        unit.level === 'committee' ? 3 : null,
        unit.level === 'committee' ? 4 : null,
      ],
    );
    const id = rows[0]?.id ?? 0;
    unitIds.set(unit.code, id);
    const parent = unit.parent === null ? null : (unitIds.get(unit.parent) ?? null);
    await database.query(
      `insert into unit_fact (unit_id, valid_from, name, parent_id) values ($1, '2025-07-01', $2, $3)`,
      [id, unit.name, parent],
    );
  }
  const unitId = (code: string): number => unitIds.get(code) ?? -1;
  await plantCatalogue(database, FORM);
  const passwordHash = cheapHash(PASSWORD);
  for (const [username, role, unit] of ACCOUNTS) {
    await database.query(
      `insert into account (username, password_hash, role, unit_id, display_name) values ($1, $2, $3, $4, $5)`,
      [username, passwordHash, role, unitId(unit), `Tài khoản ${username}`],
    );
  }
  const [planId, formId, formVersionId, policyId, requirementId] = Array.from({ length: 5 }, () =>
    randomUUID(),
  );
  await database.query(
    `insert into plan (id, type, number, symbol, issuer_id, term, issued_on, title) values ($1, 'CTr', 14, '14-CTr/TU', $2, '2025-2030', '2026-01-28', 'Chương trình hành động')`,
    [planId, unitId('HP')],
  );
  await database.query(`insert into form (id, code, title) values ($1, 'BM-THU', 'Biểu mẫu thử')`, [formId]);
  await database.query(
    `insert into form_version (id, form_id, version, definition, published_at) values ($1, $2, 1, $3, now())`,
    [formVersionId, formId, JSON.stringify(FORM)],
  );
  await database.query(
    `insert into reminder_policy (id, code, title, definition) values ($1, 'NHAC', 'Nhắc', '{"steps":[],"quietHours":null}')`,
    [policyId],
  );
  await database.query(
    `insert into requirement (id, code, plan_id, form_version_id, reminder_policy_id, title, period_scheme, deadline_rule, window_rule, scope_unit_id, active_from)
     values ($1, $2, $3, $4, $5, 'Báo cáo tháng', 'stateMonth', '{}', '{"opensDaysBeforeCutoff":5,"closesDaysAfterDeadline":30}', $6, '2026-01-01')`,
    [requirementId, REQUIREMENT, planId, formVersionId, policyId, unitId('HP')],
  );
  const periods = await database.query<{ id: number }[]>(
    `insert into period (scheme, key, label, starts_on, ends_on) values ('stateMonth', '2026-11', 'Tháng 11/2026', '2026-10-15', '2026-11-14'),
       ('stateMonth', '2026-10', 'Tháng 10/2026', '2026-09-15', '2026-10-14') returning id`,
  );
  const periodId = periods[0]?.id ?? 0;
  const obligationIds = new Map<string, number>();
  for (const unit of UNITS.filter(({ code }) => code !== 'HP' && code !== 'W2-4')) {
    const childless = !UNITS.some(({ parent }) => parent === unit.code);
    const node = childless ? (unit.parent ?? unit.code) : unit.code;
    const closesAt = unit.code === 'W2-3' ? '2026-11-14T17:00:00+07:00' : DATES.closesAt;
    const deadline = unit.code === 'W2-3' ? '2026-11-13T17:00:00+07:00' : DATES.deadline;
    const rows = await database.query<{ id: string }[]>(
      `insert into obligation (requirement_id, period_id, unit_id, node_unit_id, opens_at, first_deadline, deadline, closes_at, exempt_reason, superior_unit_id)
       values ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9) returning id`,
      [
        requirementId,
        periodId,
        unitId(unit.code),
        unitId(node),
        DATES.opensAt,
        deadline,
        closesAt,
        unit.code === 'W2-2' ? 'Mới thành lập' : null,
        unit.parent === null ? null : unitId(unit.parent),
      ],
    );
    obligationIds.set(unit.code, Number(rows[0]?.id));
  }
  for (const [code, parent, depth, expected] of [
    ['HP', null, 0, 9],
    ['W1', 'HP', 1, 6],
    ['W1-G', 'W1', 2, 2],
    ['W2', 'HP', 1, 3],
  ] as const) {
    await database.query(
      `insert into rollup_node (requirement_id, period_id, unit_id, parent_unit_id, depth, expected, dirty_seq, computed_seq) values ($1, $2, $3, $4, $5, $6, 1, 1)`,
      [requirementId, periodId, unitId(code), parent === null ? null : unitId(parent), depth, expected],
    );
  }
  if (requirementId === undefined || formVersionId === undefined) throw new Error('five ids were asked for');
  return {
    requirementId,
    formVersionId,
    periodId,
    unitId,
    obligationId: (code) => obligationIds.get(code) ?? -1,
  };
}

/** In the form of stored passwords, at a cost that tests can pay. */
function cheapHash(password: string): string {
  const salt = Buffer.alloc(16, 1);
  return `scrypt$16$8$1$${salt.toString('base64url')}$${scryptSync(password, salt, 32, { N: 16, r: 8, p: 1 }).toString('base64url')}`;
}
