import type { FigureRef } from '../forms/indicator';
import { partsOf, type FigureSource } from './expression';
import type { ReadRule, RuleFacts } from './rule';

/** A figure that rules name and that is not the report's own. */
export interface FigureBeside {
  readonly source: Exclude<FigureSource, 'own'>;
  readonly ref: FigureRef;
}

/** What is known beside a report, as it travels to whoever judges while typing. */
export interface ToldFacts {
  readonly unit?: RuleFacts['unit'];
  /** Only what the form's rules name and what is known. */
  readonly figures: readonly (FigureBeside & {
    readonly value: string;
    readonly decimals: number;
    readonly reports: number;
  })[];
}

/** Every figure beside the report that these rules name, each once, in the order of the form. */
export function besideOf(rules: readonly ReadRule[]): readonly FigureBeside[] {
  const named = new Map<string, FigureBeside>();
  for (const { when, expression } of rules)
    for (const condition of when === undefined ? [expression] : [when, expression])
      for (const part of partsOf(condition))
        if (part.kind === 'figure' && part.source !== 'own')
          named.set(`${part.source}.${part.ref}`, { source: part.source, ref: part.ref });
  return [...named.values()];
}

/** Says of what is known what was named, in words that JSON can carry. */
export function tellFacts(
  named: readonly FigureBeside[],
  known: Omit<RuleFacts, 'own' | 'reports'>,
): ToldFacts {
  const figures = named.flatMap(({ source, ref }) => {
    const figure = known[source]?.(ref) ?? null;
    return figure === null ? [] : [{ source, ref, ...figure, value: String(figure.value) }];
  });
  return { ...(known.unit === undefined ? {} : { unit: known.unit }), figures };
}

/** The other way round. */
export function hearFacts({ unit, figures }: ToldFacts): Omit<RuleFacts, 'own' | 'reports'> {
  const by = (wanted: FigureBeside['source']) => {
    const known = new Map(
      figures
        .filter(({ source }) => source === wanted)
        .map(({ ref, value, decimals, reports }) => [ref, { value: BigInt(value), decimals, reports }]),
    );
    return (ref: FigureRef) => known.get(ref) ?? null;
  };
  return {
    ...(unit === undefined ? {} : { unit }),
    previous: by('previous'),
    target: by('target'),
    children: by('children'),
  };
}
