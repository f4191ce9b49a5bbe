import type { FormDefinition, Indicator, Narrative } from '@mach/domain';

const WITHOUT_SECTION = 'Lời văn';

/** A heading of the outline with what stands under it. */
export interface Section {
  readonly heading: string;
  readonly indicators: readonly Indicator[];
  readonly narratives: readonly Narrative[];
}

/** In the order in which the form first names them; narratives of no section stand last. */
export function sectionsOf({
  indicators,
  narratives,
}: Pick<FormDefinition, 'indicators' | 'narratives'>): readonly Section[] {
  const headings = new Set([
    ...indicators.map(({ section }) => section),
    ...narratives.flatMap(({ section }) => section ?? []),
    ...(narratives.some(({ section }) => section === undefined) ? [WITHOUT_SECTION] : []),
  ]);
  return [...headings].map((heading) => ({
    heading,
    indicators: indicators.filter(({ section }) => section === heading),
    narratives: narratives.filter(({ section = WITHOUT_SECTION }) => section === heading),
  }));
}
