import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A check as it stands before this migration, whatever the types of the day say. */
type OldCheck = { readonly code: string; readonly message: string } & (
  | { readonly kind: 'partAtMostWhole'; readonly part: string; readonly whole: string }
  | { readonly kind: 'partsEqualWhole'; readonly parts: readonly string[]; readonly whole: string }
);

/**
 * The two kinds of checks of a form become rules that refuse (ADR 0034), and what rules find in an accepted report
 * is kept with it.
 */
export class FormRules1763702200000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    const versions = (await q.query(
      `select id, definition -> 'checks' as checks from form_version where definition ? 'checks'`,
    )) as { id: string; checks: OldCheck[] }[];
    for (const { id, checks } of versions) {
      await q.query(
        `update form_version set definition = (definition - 'checks') || jsonb_build_object('rules', $2::jsonb) where id = $1`,
        [id, JSON.stringify(checks.map(ruleOf))],
      );
    }
    await q.query(`
      -- Hints, and what the unit explained; null when no rule found anything.
      alter table submission add column findings jsonb;
    `);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Rules are not brought back to checks: restore the copy made before.'));
  }
}

function ruleOf(check: OldCheck): object {
  const { code, message } = check;
  const expression =
    check.kind === 'partAtMostWhole'
      ? `${check.part} <= ${check.whole}`
      : `${check.parts.join(' + ')} == ${check.whole}`;
  return { code, expression, severity: 'block', message };
}
