import fc from 'fast-check';
import {
  bandsOf,
  boilerplateOf,
  COPIED_FROM,
  copiedText,
  narrativeText,
  type Boilerplate,
  type NarrativeText,
} from '@mach/domain';
import { aNarrative, aText, chanceOf, edited, TEMPLATE_HEAD, TEMPLATE_TAIL } from '../../support/narratives';

const NONE: Boilerplate = new Set();

/** Who is found to have copied from whom, through the bands as a database would look them up. */
function found(texts: readonly NarrativeText[], boilerplate: Boilerplate): Map<number, number> {
  const byBand = new Map<number, number[]>();
  const copies = new Map<number, number>();
  for (const [index, text] of texts.entries()) {
    const [bands] = bandsOf(text, boilerplate, [7]) ?? [];
    if (bands === undefined) continue;
    const common = new Map<number, number>();
    for (const band of bands)
      for (const other of byBand.get(band) ?? []) common.set(other, (common.get(other) ?? 0) + 1);
    for (const [other, count] of common) {
      const source = texts[other];
      if (count === 0 || source === undefined) continue;
      const share = copiedText(text, source, boilerplate)?.share ?? 0;
      if (share >= COPIED_FROM && !copies.has(index)) copies.set(index, other);
    }
    for (const band of bands) byBand.set(band, [...(byBand.get(band) ?? []), index]);
  }
  return copies;
}

describe('copied narratives, found among those of a city', () => {
  const chance = chanceOf(20_261_114);
  const own = Array.from({ length: 600 }, () => aNarrative(chance));
  /** Thirty copies of each kind: every source another. */
  const levels = [0, 10, 20, 30, 40];
  const copied = levels.flatMap((percent, level) =>
    Array.from({ length: 30 }, (_, index) => {
      const source = level * 30 + index;
      return { source, percent, text: edited(own[source] ?? '', percent, chance) };
    }),
  );
  const texts = [...own, ...copied.map(({ text }) => text)].map(narrativeText);
  const boilerplate = boilerplateOf(texts.slice(0, 400).map((text, index) => ({ group: index % 40, text })));
  const copies = found(texts, boilerplate);

  it.each(levels)('are all found with %i %% of the words changed', (percent) => {
    const level = copied.flatMap((copy, index) => (copy.percent === percent ? [{ ...copy, index }] : []));
    const hits = level.filter(({ source, index }) => copies.get(own.length + index) === source);
    // Of texts of which so much was changed, one in twenty agrees with its source in no band.
    expect(hits.length).toBeGreaterThanOrEqual(percent < 40 ? 30 : 27);
  });

  it('accuse nobody who only uses the plan’s own sentences and phrases of office', () => {
    expect([...copies.keys()].filter((index) => index < own.length)).toEqual([]);
    expect([...copies].filter(([index, source]) => copied[index - own.length]?.source !== source)).toEqual(
      [],
    );
  });

  it('would accuse with the boilerplate left in', () => {
    const short = Array.from({ length: 60 }, () => narrativeText(aNarrative(chance, 200)));
    expect(found(short, NONE).size).toBeGreaterThan(40);
    expect(found(short, boilerplate).size).toBe(0);
  });

  it('leave short texts alone', () => {
    const said = narrativeText(
      'Không có khó khăn, vướng mắc gì. Đề nghị cấp trên tiếp tục quan tâm, hướng dẫn.',
    );
    expect(bandsOf(said, NONE, [7])).toBeNull();
    expect(copiedText(said, said, NONE)).toBeNull();
    const template = narrativeText(`${TEMPLATE_HEAD} Đã làm xong. ${TEMPLATE_TAIL}`);
    expect(bandsOf(template, boilerplate, [7])).toBeNull();
  });
});

describe('what is boilerplate', () => {
  const chance = chanceOf(5);

  it('is shared over committees; what one committee’s cells share, they copied', () => {
    const copy = aText(chance, 600);
    const sample = Array.from({ length: 60 }, (_, index) => ({
      group: index % 6,
      text: narrativeText(
        index % 6 === 0 ? `${TEMPLATE_HEAD} ${copy}` : `${TEMPLATE_HEAD} ${aText(chance, 600)}`,
      ),
    }));
    const boilerplate = boilerplateOf(sample);
    const head = narrativeText(TEMPLATE_HEAD);
    expect([...head.shingles].every((shingle) => boilerplate.has(shingle))).toBe(true);
    const ofOne = narrativeText(copy);
    expect(copiedText(ofOne, ofOne, boilerplate)?.share).toBe(100);
  });

  it('is nothing among a handful', () => {
    const text = narrativeText(aText(chance));
    expect(boilerplateOf([1, 2, 3, 4].map((group) => ({ group, text }))).size).toBe(0);
  });
});

describe('the share of copied text', () => {
  it('is exact, and its passages are the copied words', () => {
    const chance = chanceOf(9);
    const [first, second] = [aText(chance, 500), aText(chance, 500)];
    const text = `${first} ${second}`;
    const result = copiedText(narrativeText(text), narrativeText(`Mở đầu khác. ${second}`), NONE);
    const words = (part: string): number => narrativeText(part).words.length;
    // Every shingle within the second half, and none that reaches into the first, but by chance.
    const expected = Math.floor(((words(second) - 3) * 100) / (words(text) - 3));
    expect(Math.abs((result?.share ?? 0) - expected)).toBeLessThanOrEqual(6);
    const longest = [...(result?.passages ?? [])].sort((a, b) => b[1] - b[0] - (a[1] - a[0]))[0] ?? [0, 0];
    expect(text.slice(...longest)).toContain(second.slice(0, -1));
  });

  it('does not see case, blanks, marks, numbers or the form of accents', () => {
    const text = aText(chanceOf(11), 400);
    const other = text.toUpperCase().normalize('NFD').replace(/[.,]/g, ' ;  ').replace(/\d+/g, '7');
    expect(copiedText(narrativeText(other), narrativeText(text), NONE)?.share).toBe(100);
  });

  it('is 100 of itself, 0 of a stranger, never more, and its passages lie in order within the text', () => {
    const words = fc.array(fc.constantFrom('a', 'bé', 'C', 'đi', 'em', '12', 'ở'), {
      minLength: 60,
      maxLength: 90,
    });
    fc.assert(
      fc.property(words, words, (one, other) => {
        const [text, source] = [one.join(' '), other.join(', ')];
        expect(copiedText(narrativeText(text), narrativeText(text), NONE)?.share).toBe(100);
        const result = copiedText(narrativeText(text), narrativeText(source), NONE);
        expect(result?.share).toBeGreaterThanOrEqual(0);
        expect(result?.share).toBeLessThanOrEqual(100);
        let behind = -1;
        for (const [from, to] of result?.passages ?? []) {
          expect(from).toBeGreaterThan(behind);
          expect(to).toBeGreaterThan(from);
          behind = to;
        }
        expect(behind).toBeLessThanOrEqual(text.normalize('NFC').length);
      }),
    );
    const strangers = narrativeText('x1 y2 z3 '.repeat(40));
    expect(copiedText(narrativeText(aText(chanceOf(3))), strangers, NONE)?.share).toBe(0);
  });

  it('judges two texts with equal hashes by their words', () => {
    const text = narrativeText(aText(chanceOf(21)));
    const forged = { ...narrativeText(aText(chanceOf(22))), shingles: text.shingles };
    expect(copiedText(text, forged, NONE)?.share).toBe(0);
  });
});
