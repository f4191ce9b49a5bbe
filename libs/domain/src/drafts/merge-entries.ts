import { ENTRY_TEXTS, type EntryTexts, type ReportEntry } from './report-entry';

/** A place that two people, or two machines of one, filled in differently since they last agreed. */
export interface EntryConflict {
  readonly part: EntryTexts;
  readonly name: string;
  readonly theirs: string;
  readonly mine: string;
}

export interface MergedEntry {
  /** Both changes together; in places of conflict what `mine` says. */
  readonly entry: ReportEntry;
  readonly conflicts: readonly EntryConflict[];
}

/**
 * Brings two entries together that both started from `base` (`EMPTY_ENTRY` when it is not known any more): what
 * only one side changed is taken from that side, and where both changed to something else the person has to
 * choose. Nothing that somebody typed is lost: it is in `entry` or in `conflicts`. A figure that was filled in for
 * a person and not confirmed counts as unchanged, so what somebody typed stands against it.
 */
export function mergeEntries(base: ReportEntry, theirs: ReportEntry, mine: ReportEntry): MergedEntry {
  const conflicts: EntryConflict[] = [];
  const prefilled: string[] = [];
  const mergeTexts = (part: EntryTexts): Record<string, string> => {
    const merged: Record<string, string> = {};
    for (const name of new Set([...Object.keys(theirs[part]), ...Object.keys(mine[part])])) {
      const [before, their, own] = [base, theirs, mine].map((entry) => entry[part][name] ?? '') as [
        string,
        string,
        string,
      ];
      const theirMark = part === 'figures' && theirs.prefilled.includes(name);
      const ownMark = part === 'figures' && mine.prefilled.includes(name);
      const same = their.trim() === own.trim();
      const theirsMoved = their.trim() !== before.trim() && !theirMark;
      const mineMoved = own.trim() !== before.trim() && !ownMark;
      if (!same && theirsMoved && mineMoved) conflicts.push({ part, name, theirs: their, mine: own });
      const takesTheirs = !same && !mineMoved && (theirsMoved || ownMark);
      merged[name] = takesTheirs ? their : own;
      if (same ? theirMark && ownMark : takesTheirs ? theirMark : ownMark) prefilled.push(name);
    }
    return merged;
  };
  const [figures = {}, narratives = {}, explanations = {}] = ENTRY_TEXTS.map(mergeTexts);
  const entry: ReportEntry = {
    figures,
    narratives,
    explanations,
    attachments: mergeLists(base.attachments, theirs.attachments, mine.attachments),
    nil: theirs.nil === base.nil ? mine.nil : theirs.nil,
    prefilled,
  };
  return { entry, conflicts };
}

/** What either side added, without what either side took away. */
function mergeLists(
  base: readonly string[],
  theirs: readonly string[],
  mine: readonly string[],
): readonly string[] {
  return [...new Set([...theirs, ...mine])].filter(
    (item) => !base.includes(item) || (theirs.includes(item) && mine.includes(item)),
  );
}

/** Whether two entries say the same, whatever stands in them as blanks around a text or as empty texts. */
export function sameEntry(one: ReportEntry, other: ReportEntry): boolean {
  const texts = ENTRY_TEXTS.every((part) =>
    [...new Set([...Object.keys(one[part]), ...Object.keys(other[part])])].every(
      (name) => (one[part][name] ?? '').trim() === (other[part][name] ?? '').trim(),
    ),
  );
  return (
    texts &&
    one.nil === other.nil &&
    sameList(one.attachments, other.attachments) &&
    sameList(one.prefilled, other.prefilled)
  );
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item) => other.includes(item));
}
