import type { FigureRef, FormDefinition, Indicator, RawFigure, ReportPayload } from '@mach/contracts';
import { readTyped, showFigure } from '../figures/figure-text';

/**
 * What stands in the fields of a report, as typed. A ratio has two figures: `code.numerator` and
 * `code.denominator`.
 */
export interface Entry {
  readonly figures: Readonly<Record<FigureRef, string>>;
  readonly narratives: Readonly<Record<string, string>>;
}

export const EMPTY_ENTRY: Entry = { figures: {}, narratives: {} };

/** One figure field of a form, with the indicator that it belongs to. */
export interface FigureField {
  readonly ref: FigureRef;
  readonly indicator: Indicator;
  readonly label: string;
}

/** The figure fields of an indicator, in the order in which they are filled in. */
export function fieldsOf(indicator: Indicator): readonly FigureField[] {
  if (indicator.type !== 'ratio') return [{ ref: indicator.code, indicator, label: indicator.label }];
  return [
    { ref: `${indicator.code}.numerator`, indicator, label: indicator.numeratorLabel },
    { ref: `${indicator.code}.denominator`, indicator, label: indicator.denominatorLabel },
  ];
}

/** RFC 6901 pointer of a figure in the request body, as the server names it in its answers. */
export function pointerOf(ref: FigureRef): string {
  return `/figures/${ref.replace('.', '/')}`;
}

/** Fills the fields from an earlier payload; what the form no longer asks is left out. */
export function entryFrom(definition: FormDefinition, payload: ReportPayload): Entry {
  const figures: Record<FigureRef, string> = {};
  for (const indicator of definition.indicators) {
    const raw = payload.figures[indicator.code];
    if (raw === undefined || raw === null) continue;
    if (indicator.type !== 'ratio') figures[indicator.code] = shown(raw);
    else if (typeof raw === 'object') {
      figures[`${indicator.code}.numerator`] = shown(raw.numerator);
      figures[`${indicator.code}.denominator`] = shown(raw.denominator);
    }
  }
  return { figures, narratives: kept(definition, payload.narratives) };
}

/** Keeps of an entry (an old draft) only what the form still asks. */
export function entryForForm(definition: FormDefinition, entry: Entry): Entry {
  const figures: Record<FigureRef, string> = {};
  for (const { ref } of definition.indicators.flatMap(fieldsOf)) {
    const text = entry.figures[ref];
    if (text !== undefined) figures[ref] = text;
  }
  return { figures, narratives: kept(definition, entry.narratives) };
}

function kept(definition: FormDefinition, texts: Readonly<Record<string, string>>): Record<string, string> {
  const narratives: Record<string, string> = {};
  for (const { code } of definition.narratives) {
    const text = texts[code];
    if (text !== undefined) narratives[code] = text;
  }
  return narratives;
}

function shown(raw: RawFigure): string {
  return typeof raw === 'string' || typeof raw === 'number' ? showFigure(String(raw)) : '';
}

/**
 * The payload to send. Figures travel as decimal text; what is not given is left out. A figure that cannot be
 * read travels as
 * typed, so that the server says what is wrong with it.
 */
export function payloadFrom(definition: FormDefinition, entry: Entry): ReportPayload {
  const figures: Record<string, RawFigure> = {};
  for (const indicator of definition.indicators) {
    if (indicator.type !== 'ratio') {
      const figure = wire(entry.figures[indicator.code], indicator.decimals);
      if (figure !== null) figures[indicator.code] = figure;
      continue;
    }
    const numerator = wire(entry.figures[`${indicator.code}.numerator`], indicator.decimals);
    const denominator = wire(entry.figures[`${indicator.code}.denominator`], indicator.decimals);
    if (numerator !== null || denominator !== null) figures[indicator.code] = { numerator, denominator };
  }
  const narratives: Record<string, string> = {};
  for (const { code } of definition.narratives) {
    const text = entry.narratives[code]?.trim() ?? '';
    if (text !== '') narratives[code] = text;
  }
  return { figures, narratives };
}

function wire(text: string | undefined, decimals: number): string | null {
  const read = readTyped(text ?? '', decimals);
  if (read.kind === 'empty') return null;
  return read.kind === 'figure' ? read.wire : (text ?? '').trim();
}

/** How many of the required indicators and narratives have something in them. */
export function filledCount(
  definition: FormDefinition,
  entry: Entry,
): { readonly filled: number; readonly asked: number } {
  const refs = definition.indicators
    .filter((indicator) => indicator.required)
    .map((indicator) => fieldsOf(indicator).map(({ ref }) => ref));
  const texts = definition.narratives.filter((narrative) => narrative.required);
  const figuresFilled = refs.filter((group) =>
    group.every((ref) => (entry.figures[ref] ?? '').trim() !== ''),
  ).length;
  const textsFilled = texts.filter(({ code }) => (entry.narratives[code] ?? '').trim() !== '').length;
  return { filled: figuresFilled + textsFilled, asked: refs.length + texts.length };
}
