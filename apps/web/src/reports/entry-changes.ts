import type { PrefillView } from '@mach/contracts';
import {
  placesOf,
  textsOf,
  type FigureRef,
  type FormDefinition,
  type Indicator,
  type ReportEntry,
} from '@mach/domain';
import { narrativeRef } from './faults';

/** What is put into the fields for a person, who has yet to look at it. */
export interface FilledIn {
  readonly figures: Readonly<Record<FigureRef, string>>;
  /** Those that somebody has yet to look at. */
  readonly marked: readonly FigureRef[];
  /** Written into narratives that are empty. */
  readonly narratives?: Readonly<Record<string, string>>;
  readonly nil?: boolean;
}

const NARRATIVE = narrativeRef('');

/** A field typed in by a person: it is no longer prefilled, and a report with a figure of its own is no nil report. */
export function withText(entry: ReportEntry, ref: string, text: string): ReportEntry {
  if (ref.startsWith(NARRATIVE))
    return { ...entry, narratives: { ...entry.narratives, [ref.slice(NARRATIVE.length)]: text } };
  const changed = (entry.figures[ref] ?? '').trim() !== text.trim();
  return {
    ...confirmed(entry, ref),
    figures: { ...entry.figures, [ref]: text },
    nil: entry.nil && !changed,
  };
}

export function withFilled(
  entry: ReportEntry,
  { figures, marked, narratives = {}, nil = false }: FilledIn,
): ReportEntry {
  const kept = Object.fromEntries(Object.entries(entry.narratives).filter(([, text]) => text.trim() !== ''));
  return {
    ...entry,
    figures: { ...entry.figures, ...figures },
    narratives: { ...entry.narratives, ...narratives, ...kept },
    nil,
    prefilled: [...new Set([...entry.prefilled.filter((ref) => !(ref in figures)), ...marked])],
  };
}

/** The prefilled figure `ref`, or all of them, has been looked at. */
export function confirmed(entry: ReportEntry, ref?: FigureRef): ReportEntry {
  return {
    ...entry,
    prefilled: ref === undefined ? [] : entry.prefilled.filter((each) => each !== ref),
  };
}

/** What is known of a report before anybody typed: stocks, the year's figures so far, what another form brought. */
export function knownFill(definition: FormDefinition, { proposals }: PrefillView): FilledIn {
  const known = Object.fromEntries(
    proposals.flatMap(({ code, figure, fillsIn }) => (fillsIn ? [[code, figure] as const] : [])),
  );
  return marked(textsIn(definition, known));
}

/** Last period's figures as they were, each to be looked at. */
export function sameAsLastFill(
  definition: FormDefinition,
  figures: NonNullable<PrefillView['sameAsLast']>,
): FilledIn {
  return marked(textsIn(definition, figures));
}

/** Nothing happened: what counts the period is 0 or empty, what carries on stands as last period, to be looked at. */
export function nilFill(
  definition: FormDefinition,
  { figures, carried }: NonNullable<PrefillView['nil']>,
): FilledIn {
  const refsOf = (indicators: readonly Indicator[]): readonly FigureRef[] =>
    indicators.flatMap((indicator) => placesOf(indicator).map(({ ref }) => ref));
  const happened = definition.indicators.filter(
    (indicator) => 'time' in indicator && indicator.time === 'flow',
  );
  const emptied = Object.fromEntries(refsOf(happened).map((ref) => [ref, '']));
  const written = definition.narratives.filter(({ required }) => required);
  return {
    figures: { ...emptied, ...textsIn(definition, figures) },
    marked: refsOf(definition.indicators.filter(({ code }) => carried.includes(code))),
    narratives: Object.fromEntries(written.map(({ code }) => [code, NOTHING_HAPPENED])),
    nil: true,
  };
}

const NOTHING_HAPPENED = 'Trong kỳ không phát sinh.';

function marked(figures: FilledIn['figures']): FilledIn {
  return { figures, marked: Object.keys(figures) };
}

function textsIn(
  definition: FormDefinition,
  figures: NonNullable<PrefillView['sameAsLast']>,
): FilledIn['figures'] {
  return Object.fromEntries(
    definition.indicators.flatMap((indicator) => textsOf(indicator, figures[indicator.code] ?? null)),
  );
}
