import type { FigureRef, ReportEntry } from '@mach/domain';
import { narrativeRef } from './faults';

/** What is put into the fields for a person, who has yet to look at it. */
export interface FilledIn {
  readonly figures: Readonly<Record<FigureRef, string>>;
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

export function withFilled(entry: ReportEntry, { figures, narratives = {}, nil }: FilledIn): ReportEntry {
  const kept = Object.fromEntries(Object.entries(entry.narratives).filter(([, text]) => text.trim() !== ''));
  return {
    ...entry,
    figures: { ...entry.figures, ...figures },
    narratives: { ...entry.narratives, ...narratives, ...kept },
    nil: nil ?? entry.nil,
    prefilled: [...new Set([...entry.prefilled, ...Object.keys(figures)])],
  };
}

/** The prefilled figure `ref`, or all of them, has been looked at. */
export function confirmed(entry: ReportEntry, ref?: FigureRef): ReportEntry {
  return {
    ...entry,
    prefilled: ref === undefined ? [] : entry.prefilled.filter((each) => each !== ref),
  };
}
