import type { LocalDate } from '../time';

/** A form version that a requirement asks for, from the periods on that begin on this day or later. */
export interface VersionFrom {
  readonly effectiveFrom: LocalDate;
}

/** The version in force for a period that begins on `startsOn`; null when none is yet. */
export function formInForce<V extends VersionFrom>(versions: readonly V[], startsOn: LocalDate): V | null {
  return versions.reduce<V | null>(
    (best, each) =>
      each.effectiveFrom <= startsOn && (best === null || each.effectiveFrom > best.effectiveFrom)
        ? each
        : best,
    null,
  );
}
