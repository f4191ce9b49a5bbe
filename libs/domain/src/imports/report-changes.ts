import type { ReportPayload } from '../forms/form';
import { textsOf } from '../forms/typed-indicator';
import { columnName, type SheetColumn } from './sheet-plan';

/** What a correction changes at one place of a report, as a person reads it: «Số buổi học tập (buổi): 2 → 3». */
export interface ReportChange {
  /** Where a report holds it. */
  readonly pointer: string;
  readonly label: string;
  /** As a person would type it, long texts cut around where they part; empty when nothing stands there. */
  readonly from: string;
  readonly to: string;
}

const SHOWN_LENGTH = 160;
/** So much of what two long texts share is shown before they part. */
const LEAD_LENGTH = 40;

/**
 * What `after` says otherwise than `before`, in the order of the form's table; nothing when both say the same: figures
 * as a person would type them, texts without the blanks around them. `columns` are the form's (`planSheet`).
 */
export function reportChanges(
  columns: readonly SheetColumn[],
  before: ReportPayload,
  after: ReportPayload,
): readonly ReportChange[] {
  return columns.flatMap((column) => {
    const [from, to] = [textIn(before, column), textIn(after, column)];
    if (from === to) return [];
    return [{ pointer: column.pointer, label: columnName(column), ...excerpts(from, to) }];
  });
}

function textIn(
  { figures, narratives, nil, explanations = {} }: ReportPayload,
  { content }: SheetColumn,
): string {
  switch (content.kind) {
    case 'unit':
    case 'name':
      return '';
    case 'figure': {
      const texts = textsOf(content.indicator, figures[content.indicator.code] ?? null);
      return texts.find(([ref]) => ref === content.ref)?.[1] ?? '';
    }
    case 'narrative':
      return (narratives[content.narrative.code] ?? '').trim();
    case 'nil':
      return nil === true ? 'x' : '';
    case 'explanation':
      return (explanations[content.rule.code] ?? '').trim();
  }
}

/** Two texts that differ, cut so that where they part is in sight; never through a letter. */
function excerpts(from: string, to: string): Pick<ReportChange, 'from' | 'to'> {
  const [one, other] = [Array.from(from), Array.from(to)];
  const longer = Math.max(one.length, other.length);
  if (longer <= SHOWN_LENGTH) return { from, to };
  let shared = 0;
  while (shared < longer && one[shared] === other[shared]) shared += 1;
  const begin = shared <= LEAD_LENGTH ? 0 : shared - LEAD_LENGTH;
  const cut = (letters: readonly string[]): string => {
    const end = begin + SHOWN_LENGTH;
    const before = begin > 0 && letters.length > 0 ? '…' : '';
    return `${before}${letters.slice(begin, end).join('')}${letters.length > end ? '…' : ''}`;
  };
  return { from: cut(one), to: cut(other) };
}
