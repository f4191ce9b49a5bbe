import type { ImportCountsView, ImportRowView, ImportSummaryView, ImportView } from '@mach/contracts';
import { ROW_VERDICTS, SUBMISSION_STATES } from '@mach/domain';
import type { ImportCounts, ImportRead } from '@mach/persistence';
import type { ShownRow } from './import-rows';

export function importSummaryView(read: ImportRead): ImportSummaryView {
  const { id, requirement, period, fileName, format, state, createdBy, appliedBy } = read;
  return {
    ...{ id, requirement, period, fileName, format, state, createdBy, appliedBy },
    createdAt: new Date(read.createdAt).toISOString(),
    changedAt: new Date(read.changedAt).toISOString(),
  };
}

export function importView(read: ImportRead, counts: ImportCounts): ImportView {
  const { refusal, notes } = read;
  return { ...importSummaryView(read), refusal, notes, counts: countsView(counts) };
}

/** Of a form with a thousand figures a row could change them all: the result that is taken home has the rest. */
const CHANGES_AT_MOST = 100;

export function importRowView({ unitCode, unitName, changes, ...row }: ShownRow): ImportRowView {
  return {
    ...row,
    unit: { code: unitCode, name: unitName },
    changes: changes.slice(0, CHANGES_AT_MOST),
    changesLeftOut: Math.max(0, changes.length - CHANGES_AT_MOST),
  };
}

function countsView({ verdicts, outcomes, withheld, noted }: ImportCounts): ImportCountsView {
  return {
    total: Object.values(verdicts).reduce((sum, count) => sum + count, 0),
    verdicts: allOf(ROW_VERDICTS, verdicts),
    noted,
    outcomes: allOf(SUBMISSION_STATES, outcomes),
    withheld,
  };
}

function allOf<K extends string>(
  keys: readonly K[],
  counts: Readonly<Partial<Record<K, number>>>,
): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, counts[key] ?? 0])) as Record<K, number>;
}
