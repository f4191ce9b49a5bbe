import type { ImportCountsView, ImportRowView, ImportSummaryView, ImportView } from '@mach/contracts';
import { ROW_VERDICTS, SUBMISSION_STATES } from '@mach/domain';
import type { ImportCounts, ImportRead, ImportRowRead } from '@mach/persistence';

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

export function importRowView({ unitCode, unitName, ...row }: ImportRowRead): ImportRowView {
  return { ...row, unit: { code: unitCode, name: unitName } };
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
