import type { NarrativeText } from './narrative-text';

/** A narrative that boilerplate is looked for in, and the committee it belongs to. */
export interface SampledNarrative {
  readonly group: number;
  readonly text: NarrativeText;
}

/** Shingles that most units share: the plan's own sentences, headings, phrases of office. */
export type Boilerplate = ReadonlySet<number>;

/** Where so many committees are known, what is shared within one of them is copied, not boilerplate. */
const ENOUGH_GROUPS = 5;
const FEWEST_GROUPS = 3;
const FEWEST_NARRATIVES = 5;
/** The share of narratives that makes a sentence common property, in per cent. */
const COMMON = 20;
const COMMON_IN_FEW_GROUPS = 40;

/** What a fifth of the narratives share, over several committees; of few committees, what two fifths share. */
export function boilerplateOf(sample: readonly SampledNarrative[]): Boilerplate {
  const groups = new Set(sample.map(({ group }) => group)).size;
  const many = groups >= ENOUGH_GROUPS;
  const seen = new Map<number, { narratives: number; readonly groups: Set<number> }>();
  for (const { group, text } of sample) {
    for (const shingle of new Set(text.shingles)) {
      const known = seen.get(shingle) ?? { narratives: 0, groups: new Set() };
      known.narratives += 1;
      if (known.groups.size < FEWEST_GROUPS) known.groups.add(group);
      seen.set(shingle, known);
    }
  }
  const common = (many ? COMMON : COMMON_IN_FEW_GROUPS) * sample.length;
  const result = new Set<number>();
  for (const [shingle, { narratives, groups: of }] of seen) {
    const shared = narratives >= FEWEST_NARRATIVES && narratives * 100 >= common;
    if (shared && (!many || of.size >= FEWEST_GROUPS)) result.add(shingle);
  }
  return result;
}
