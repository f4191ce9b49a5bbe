import { bandsOf, boilerplateOf, copiedText, narrativeText, type NarrativeText } from '@mach/domain';
import { aNarrative, chanceOf, edited } from '../support/narratives';

/** What finding copies among the narratives of a city costs, in ms of CPU of one process. */
export interface CopiedResult {
  readonly narratives: number;
  /** Reading them, their boilerplate and bands. */
  readonly sketchMs: number;
  /** Looking each of them up by its bands and comparing the likeliest four word by word. */
  readonly compareMs: number;
  /** Of the copies that were planted, the share that was found. */
  readonly found: number;
  /** Accused though nobody copied. */
  readonly accused: number;
}

const NARRATIVES = 10_000;
const COPIES = 500;
const CHANGED_PERCENT = 20;
const CANDIDATES = 4;
const COPIED_SHARE = 30;
const SAMPLE = 480;

/** Narratives of about 2,000 characters, one in twenty of them a copy with a fifth of its words changed. */
export function copiedCost(): CopiedResult {
  const chance = chanceOf(20_261_124);
  const own = Array.from({ length: NARRATIVES - COPIES }, () => aNarrative(chance));
  const copies = own.slice(0, COPIES).map((text) => edited(text, CHANGED_PERCENT, chance));
  const texts = [...own, ...copies];
  let read: NarrativeText[] = [];
  let bands: (readonly number[])[] = [];
  let boilerplate: ReadonlySet<number> = new Set();
  const sketchMs = cpuMs(() => {
    read = texts.map(narrativeText);
    boilerplate = boilerplateOf(read.slice(0, SAMPLE).map((text, index) => ({ group: index % 114, text })));
    bands = read.map((text) => bandsOf(text, boilerplate, [1])?.[0] ?? []);
  });
  const sourceOf = new Map<number, number>();
  const compareMs = cpuMs(() => {
    const byBand = new Map<number, number[]>();
    for (const [index, text] of read.entries()) {
      for (const other of likeliest(bands[index] ?? [], byBand)) {
        const source = read[other];
        if (source === undefined || (copiedText(text, source, boilerplate)?.share ?? 0) < COPIED_SHARE)
          continue;
        sourceOf.set(index, other);
        break;
      }
      for (const band of bands[index] ?? []) {
        const known = byBand.get(band);
        if (known === undefined) byBand.set(band, [index]);
        else known.push(index);
      }
    }
  });
  const hits = copies.filter((_, copy) => sourceOf.get(own.length + copy) === copy).length;
  const accused = [...sourceOf.keys()].filter((index) => index < own.length).length;
  return { narratives: texts.length, sketchMs, compareMs, found: hits / COPIES, accused };
}

function likeliest(
  bands: readonly number[],
  byBand: ReadonlyMap<number, readonly number[]>,
): readonly number[] {
  const agreeing = new Map<number, number>();
  for (const band of bands)
    for (const other of byBand.get(band) ?? []) agreeing.set(other, (agreeing.get(other) ?? 0) + 1);
  return [...agreeing]
    .sort(([, a], [, b]) => b - a)
    .slice(0, CANDIDATES)
    .map(([other]) => other);
}

function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
