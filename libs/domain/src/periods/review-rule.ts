import { DefinitionReader, type Checked } from '../reading/definition-reader';
import { UNIT_LEVELS, type Unit } from '../units/unit';

/** Who may be named as approving: the unit right above, or the nearest unit above of a level. */
const REVIEWERS = ['parent', 'city', 'committee', 'grassroots'] as const;
export type Reviewer = (typeof REVIEWERS)[number];

/** A requirement's rule of approval (duyệt): which level approves what its units hand in. */
export interface ReviewRule {
  readonly by: Reviewer;
}

/** Checks a rule of approval as an administrator sends it; null: accepted reports need no approval. */
export function checkReviewRule(value: unknown, pointer = ''): Checked<'rule', ReviewRule | null> {
  if (value === null || value === undefined) return { ok: true, rule: null };
  const reader = new DefinitionReader('reviewRule');
  const fields = reader.fields(value, pointer, ['by']);
  const by = reader.choice(fields?.['by'], `${pointer}/by`, REVIEWERS);
  return reader.reasons.length > 0 ? { ok: false, reasons: reader.reasons } : { ok: true, rule: { by } };
}

/**
 * The unit that answers for a unit above it: the one the rule names, else the one right above. Of a level that
 * stands nowhere above it, the next higher one that does. Null for the city, which has nobody above. Never the
 * unit itself.
 */
export function superiorOf(
  unit: Pick<Unit, 'id' | 'parentId'>,
  rule: ReviewRule | null,
  units: ReadonlyMap<number, Pick<Unit, 'id' | 'level' | 'parentId'>>,
): number | null {
  const by = rule?.by ?? 'parent';
  const rank = by === 'parent' ? UNIT_LEVELS.length : UNIT_LEVELS.indexOf(by);
  const seen = new Set([unit.id]);
  let above = unit.parentId === null ? undefined : units.get(unit.parentId);
  // A circle in the data ends it.
  while (above !== undefined && !seen.has(above.id)) {
    if (UNIT_LEVELS.indexOf(above.level) <= rank) return above.id;
    seen.add(above.id);
    above = above.parentId === null ? undefined : units.get(above.parentId);
  }
  return null;
}
