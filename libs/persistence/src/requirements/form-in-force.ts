import type { VersionFrom } from '@mach/domain';

/**
 * SQL for the form version in force for a requirement `r` in a period `p`: the latest that took effect by the
 * period's first day, else the one the requirement began with. `formInForce` says the same in the domain.
 */
export const FORM_IN_FORCE = `coalesce((
  select later.form_version_id from requirement_form later
  where later.requirement_id = r.id and later.effective_from <= p.starts_on
  order by later.effective_from desc limit 1), r.form_version_id)`;

/** A version of its form that a requirement asks for, from a day on; the first since ever. */
export interface RequirementForm extends VersionFrom {
  readonly formVersionId: string;
  readonly version: number;
}

/** SQL for every `RequirementForm` of the requirement with this alias, the first one first, as JSON. */
export function formsOf(requirement: string): string {
  return `(select jsonb_agg(jsonb_build_object('effectiveFrom', each.effective_from, 'formVersionId', each.form_version_id,
      'version', version.version) order by each.effective_from)
    from (select date '0001-01-01' as effective_from, ${requirement}.form_version_id
      union all
      select later.effective_from, later.form_version_id from requirement_form later where later.requirement_id = ${requirement}.id) each
    join form_version version on version.id = each.form_version_id)`;
}
