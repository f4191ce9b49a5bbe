import {
  EMPTY_ENTRY,
  placesOf,
  textsOf,
  typedIndicator,
  type FigureRef,
  type FormDefinition,
  type RawFigure,
  type ReportEntry,
  type ReportPayload,
} from '@mach/domain';

/** Fills the fields from an earlier payload; what the form no longer asks is left out. */
export function entryFrom(definition: FormDefinition, payload: ReportPayload): ReportEntry {
  const figures = Object.fromEntries(
    definition.indicators.flatMap((indicator) => textsOf(indicator, payload.figures[indicator.code] ?? null)),
  );
  return {
    ...EMPTY_ENTRY,
    figures,
    narratives: kept(definition, payload.narratives),
    explanations: payload.explanations ?? {},
    attachments: definition.attachments === undefined ? [] : (payload.attachments ?? []),
    nil: payload.nil === true,
  };
}

/** Keeps of an entry (an old draft) only what the form still asks. */
export function entryForForm(definition: FormDefinition, entry: ReportEntry): ReportEntry {
  const figures: Record<FigureRef, string> = {};
  for (const { ref } of definition.indicators.flatMap(placesOf)) {
    const text = entry.figures[ref];
    if (text !== undefined) figures[ref] = text;
  }
  return {
    ...entry,
    figures,
    narratives: kept(definition, entry.narratives),
    attachments: definition.attachments === undefined ? [] : entry.attachments,
    prefilled: entry.prefilled.filter((ref) => ref in figures),
  };
}

function kept(definition: FormDefinition, texts: Readonly<Record<string, string>>): Record<string, string> {
  const narratives: Record<string, string> = {};
  for (const { code } of definition.narratives) {
    const text = texts[code];
    if (text !== undefined) narratives[code] = text;
  }
  return narratives;
}

/**
 * The payload to send. Figures travel as decimal text; what is not given is left out. What is no figure travels
 * as typed, so that the check says what is wrong with it.
 */
export function payloadFrom(definition: FormDefinition, entry: ReportEntry): ReportPayload {
  const figures: Record<string, RawFigure> = {};
  for (const indicator of definition.indicators) {
    const figure = typedIndicator(indicator, (ref) => entry.figures[ref] ?? '');
    if (figure !== null) figures[indicator.code] = figure;
  }
  const narratives: Record<string, string> = {};
  for (const { code } of definition.narratives) {
    const text = entry.narratives[code]?.trim() ?? '';
    if (text !== '') narratives[code] = text;
  }
  const explanations = explanationsIn(definition, entry);
  return {
    figures,
    narratives,
    ...(Object.keys(explanations).length === 0 ? {} : { explanations }),
    ...(entry.nil ? { nil: true } : {}),
    ...(entry.attachments.length === 0 ? {} : { attachments: entry.attachments }),
  };
}

/** What is said of rules that ask for a reason. */
function explanationsIn({ rules }: FormDefinition, { explanations }: ReportEntry): Record<string, string> {
  return Object.fromEntries(
    rules.flatMap(({ code, severity }) => {
      const text = explanations[code]?.trim() ?? '';
      return severity === 'explain' && text !== '' ? [[code, text]] : [];
    }),
  );
}

/** How many of the required indicators and narratives have something in them. */
export function filledCount(
  definition: FormDefinition,
  entry: ReportEntry,
): { readonly filled: number; readonly asked: number } {
  const refs = definition.indicators
    .filter((indicator) => indicator.type !== 'subtotal' && indicator.required)
    .map((indicator) => placesOf(indicator).map(({ ref }) => ref));
  const texts = definition.narratives.filter((narrative) => narrative.required);
  const figuresFilled = refs.filter((group) =>
    group.every((ref) => (entry.figures[ref] ?? '').trim() !== ''),
  ).length;
  const textsFilled = texts.filter(({ code }) => (entry.narratives[code] ?? '').trim() !== '').length;
  return { filled: figuresFilled + textsFilled, asked: refs.length + texts.length };
}
