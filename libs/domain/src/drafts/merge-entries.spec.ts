import fc from 'fast-check';
import { mergeEntries, sameEntry } from './merge-entries';
import { EMPTY_ENTRY, ENTRY_TEXTS, type ReportEntry } from './report-entry';

function entry(parts: Partial<ReportEntry>): ReportEntry {
  return { ...EMPTY_ENTRY, ...parts };
}

/** A few names and texts, so that the same place is often changed by both. */
const names = fc.constantFrom('sessions', 'members', 'attendance.numerator');
const texts = fc.dictionary(names, fc.constantFrom('', '1', '2', '3'));
const files = fc.uniqueArray(fc.constantFrom('f1', 'f2', 'f3'));
const entries: fc.Arbitrary<ReportEntry> = fc.record({
  figures: texts,
  narratives: texts,
  explanations: texts,
  attachments: files,
  nil: fc.boolean(),
  prefilled: fc.constant([]),
});

describe('mergeEntries', () => {
  const base = entry({ figures: { sessions: '1', members: '30' } });

  it.each<[string, Partial<ReportEntry>, Partial<ReportEntry>, Record<string, string>, string[]]>([
    [
      'takes what either changed',
      { figures: { sessions: '2', members: '30' } },
      { figures: { sessions: '1', members: '31' } },
      { sessions: '2', members: '31' },
      [],
    ],
    [
      'asks where both changed',
      { figures: { sessions: '2', members: '30' } },
      { figures: { sessions: '3', members: '30' } },
      { sessions: '3', members: '30' },
      ['sessions'],
    ],
    [
      'does not ask where both say the same',
      { figures: { sessions: '2 ', members: '30' } },
      { figures: { sessions: '2', members: '30' } },
      { sessions: '2', members: '30' },
      [],
    ],
    [
      'keeps a box emptied by one',
      { figures: { members: '30' } },
      { figures: { sessions: '1', members: '30' } },
      { sessions: '', members: '30' },
      [],
    ],
    [
      'prefers what was typed to what was filled in and not confirmed',
      { figures: { sessions: '5', members: '30' } },
      { figures: { sessions: '4', members: '30' }, prefilled: ['sessions'] },
      { sessions: '5', members: '30' },
      [],
    ],
  ])('%s', (_, theirs, mine, figures, asked) => {
    const merged = mergeEntries(base, entry(theirs), entry(mine));
    expect(merged.entry.figures).toEqual(figures);
    expect(merged.conflicts.map(({ name }) => name)).toEqual(asked);
  });

  it('keeps a mark only while nobody has confirmed the figure', () => {
    const marked = entry({ figures: { sessions: '1' }, prefilled: ['sessions'] });
    const confirmed = entry({ figures: { sessions: '1' } });
    expect(mergeEntries(EMPTY_ENTRY, marked, marked).entry.prefilled).toEqual(['sessions']);
    expect(mergeEntries(EMPTY_ENTRY, marked, confirmed).entry.prefilled).toEqual([]);
    expect(mergeEntries(EMPTY_ENTRY, confirmed, marked).entry.prefilled).toEqual([]);
  });

  it('brings files of both together, without those that either took away', () => {
    const [before, theirs, mine] = [
      ['f1', 'f2'],
      ['f2', 'f3'],
      ['f1', 'f2', 'f4'],
    ].map((attachments) => entry({ attachments })) as [ReportEntry, ReportEntry, ReportEntry];
    expect(mergeEntries(before, theirs, mine).entry.attachments).toEqual(['f2', 'f3', 'f4']);
  });

  it('changes nothing when only one side did', () => {
    fc.assert(
      fc.property(entries, entries, (before, changed) => {
        for (const merged of [mergeEntries(before, changed, before), mergeEntries(before, before, changed)]) {
          expect(merged.conflicts).toEqual([]);
          expect(sameEntry(merged.entry, changed)).toBe(true);
        }
      }),
    );
  });

  it('loses nothing that somebody typed, whichever side is called mine', () => {
    fc.assert(
      fc.property(entries, entries, entries, (before, theirs, mine) => {
        const merged = mergeEntries(before, theirs, mine);
        const turned = mergeEntries(before, mine, theirs);
        const asked = merged.conflicts.map(({ part, name }) => `${part} ${name}`);
        expect(turned.conflicts.map(({ part, name }) => `${part} ${name}`).sort()).toEqual([...asked].sort());
        for (const part of ENTRY_TEXTS) {
          for (const side of [theirs, mine]) {
            for (const [name, text] of Object.entries(side[part])) {
              if (text === (before[part][name] ?? '')) continue;
              const inHand = merged.conflicts.some(
                (each) => each.part === part && each.name === name && [each.theirs, each.mine].includes(text),
              );
              expect(inHand || merged.entry[part][name] === text).toBe(true);
            }
          }
        }
      }),
    );
  });
});
