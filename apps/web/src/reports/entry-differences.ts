import { fullLabel, placesOf, typedIndicator, type FormDefinition, type ReportEntry } from '@mach/domain';

/** A place of the form that says one thing in one report and another in the other. */
export interface Difference {
  readonly ref: string;
  readonly label: string;
  readonly theirs: string;
  readonly mine: string;
}

/** Where two reports on one form differ, in the order of the form; `12,50` and `12,5` are the same figure. */
export function differencesOf(
  definition: FormDefinition,
  theirs: ReportEntry,
  mine: ReportEntry,
): { readonly differing: readonly Difference[]; readonly same: number } {
  const figures = definition.indicators.flatMap((indicator) =>
    placesOf(indicator).map((place) => ({
      place: {
        ref: place.ref,
        label: fullLabel(indicator, place),
        theirs: theirs.figures[place.ref] ?? '',
        mine: mine.figures[place.ref] ?? '',
      },
      meaning: (text: string) =>
        JSON.stringify(typedIndicator(indicator, (ref) => (ref === place.ref ? text : ''))),
    })),
  );
  const texts = definition.narratives.map(({ code, label }) => ({
    place: { ref: code, label, theirs: theirs.narratives[code] ?? '', mine: mine.narratives[code] ?? '' },
    meaning: (text: string) => text.trim(),
  }));
  const all = [...figures, ...texts];
  const differing = all.flatMap(({ place, meaning }) =>
    meaning(place.theirs) === meaning(place.mine) ? [] : [place],
  );
  return { differing, same: all.length - differing.length };
}
