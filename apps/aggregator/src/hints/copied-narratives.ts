import {
  bandsOf,
  COPIED_FROM,
  copiedText,
  hashOf,
  narrativePointer,
  narrativeText,
  type Boilerplate,
  type CopiedHint,
  type CopiedText,
  type NarrativeText,
} from '@mach/domain';
import type {
  CountingReport,
  LikelyCopy,
  NarrativeSketch,
  RollupTarget,
  SoughtNarrative,
  StoredHint,
} from '@mach/persistence';

/** A narrative of a report that is being checked. */
export interface CheckedNarrative {
  readonly report: CountingReport;
  readonly code: string;
  readonly label: string;
  readonly text: NarrativeText;
  readonly boilerplate: Boilerplate;
}

type Narratives = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** What is looked up of a narrative, and what is left behind for others to find it by; null when it is too short. */
export function sketchOf(
  { report, code, text, boilerplate }: CheckedNarrative,
  { requirementId, periodId }: RollupTarget,
  lastPeriodId: number | null,
): { readonly sketch: NarrativeSketch; readonly sought: SoughtNarrative } | null {
  const set = (period: number): number => hashOf(`${requirementId} ${String(period)} ${code}`);
  const sets = lastPeriodId === null ? [periodId] : [periodId, lastPeriodId];
  const bands = bandsOf(text, boilerplate, sets.map(set));
  const [own] = bands ?? [];
  if (bands === null || own === undefined) return null;
  const { submissionId, unitId } = report;
  return {
    sketch: { submissionId, narrative: code, requirementId, periodId, unitId, bands: own },
    sought: { narrative: code, unitId, bands: bands.flat() },
  };
}

/** What a narrative has from the unit's own report of the period before. */
export function copiedFromLast(narrative: CheckedNarrative, last: string | undefined): CopiedText | null {
  if (last === undefined) return null;
  return enough(copiedText(narrative.text, narrativeText(last), narrative.boilerplate));
}

/**
 * A pair of units' narratives: the later one is the copy, whichever of the two is being checked. `copied` is null
 * when they are too little alike.
 */
export function copiedFromUnit(
  narrative: CheckedNarrative,
  other: LikelyCopy,
  narratives: Narratives,
): { readonly later: 'checked' | 'other'; readonly copied: CopiedText } | null {
  const text = narratives.get(other.submissionId)?.[narrative.code];
  if (text === undefined) return null;
  const later = other.seq < narrative.report.seq ? 'checked' : 'other';
  const read = narrativeText(text);
  const copied = enough(
    later === 'checked'
      ? copiedText(narrative.text, read, narrative.boilerplate)
      : copiedText(read, narrative.text, narrative.boilerplate),
  );
  return copied === null ? null : { later, copied };
}

export function copiedHint(
  kind: CopiedHint['kind'],
  { code, label }: Pick<CheckedNarrative, 'code' | 'label'>,
  { share, passages }: CopiedText,
): CopiedHint {
  return { kind, pointer: narrativePointer(code), label, share, passages };
}

/** Of several sources of one narrative, the one that most of it stands in. */
export function greatestShares(hints: readonly StoredHint[]): StoredHint[] {
  const greatest = new Map<string, StoredHint>();
  for (const stored of hints) {
    const key = `${stored.submissionId} ${stored.hint.kind} ${stored.hint.pointer}`;
    const known = greatest.get(key);
    if (known === undefined || shareOf(stored) > shareOf(known)) greatest.set(key, stored);
  }
  return [...greatest.values()];
}

function shareOf({ hint }: StoredHint): number {
  return 'share' in hint ? hint.share : 0;
}

function enough(copied: CopiedText | null): CopiedText | null {
  return copied !== null && copied.share >= COPIED_FROM ? copied : null;
}
