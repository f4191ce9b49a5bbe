import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Columns that hold a word of a vocabulary of the domain take no other word. A test compares every such check
 * with the domain's own list.
 */
export class Vocabularies1763701300000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table unit add constraint unit_kind_check check (kind in (
        'city', 'xa', 'phuong', 'dac_khu', 'city_party_agencies', 'city_government', 'public_security', 'military',
        'grassroots', 'residential', 'public_service', 'enterprise', 'armed_forces'));
      alter table plan add constraint plan_type_check check (type in (
        'NQ', 'CT', 'KL', 'QĐ', 'QC', 'CTr', 'KH', 'HD', 'TB', 'CV', 'BC'));
      alter table period add constraint period_scheme_check check (scheme in ('stateMonth', 'calendarMonth'));
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table period drop constraint period_scheme_check;
      alter table plan drop constraint plan_type_check;
      alter table unit drop constraint unit_kind_check;
    `);
  }
}
