import type { MigrationInterface, QueryRunner } from 'typeorm';

const PLACES = [
  { table: 'period', column: 'scheme', constraint: 'period_scheme_check' },
  { table: 'requirement', column: 'period_scheme', constraint: 'requirement_period_scheme_check' },
];
const MONTHS = ['stateMonth', 'calendarMonth'];
const LONGER = ['Quarter', 'HalfYear', 'NineMonths', 'Year'].flatMap((span) => [
  `state${span}`,
  `calendar${span}`,
]);

/** Quarters, half-years, nine months and years beside months. */
export class PeriodSchemes1763702900000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await allow(q, [...MONTHS, ...LONGER]);
  }

  async down(q: QueryRunner): Promise<void> {
    await allow(q, MONTHS);
  }
}

async function allow(q: QueryRunner, schemes: readonly string[]): Promise<void> {
  const words = schemes.map((scheme) => `'${scheme}'`).join(', ');
  for (const { table, column, constraint } of PLACES)
    await q.query(`
      alter table ${table} drop constraint ${constraint};
      alter table ${table} add constraint ${constraint} check (${column} in (${words}));
    `);
}
