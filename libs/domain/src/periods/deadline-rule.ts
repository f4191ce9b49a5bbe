import { DefinitionReader, type Checked } from '../reading/definition-reader';
import { UNIT_LEVELS, type UnitLevel } from '../units/unit';
import type { DeadlineRule, LevelDeadline, WindowRule } from './period';

/** The fields that a level's deadline has beside its kind. */
const LEVEL_FIELDS: Readonly<Record<LevelDeadline['kind'], readonly string[]>> = {
  workingDaysAfterCutoff: ['days', 'at'],
  dayOfMonth: ['day', 'monthOffset', 'at'],
};

/**
 * Checks a deadline rule as an administrator sends it: at least one level, each with a rule of a known kind.
 */
export function checkDeadlineRule(value: unknown, pointer = ''): Checked<'rule', DeadlineRule> {
  const reader = new DefinitionReader('deadlineRule');
  const rule: Partial<Record<UnitLevel, LevelDeadline>> = {};
  const fields = reader.fields(value, pointer, UNIT_LEVELS);
  for (const level of UNIT_LEVELS) {
    const raw = fields?.[level];
    if (raw === undefined) continue;
    const read = readLevel(reader, raw, `${pointer}/${level}`);
    if (read !== null) rule[level] = read;
  }
  if (reader.reasons.length === 0 && Object.keys(rule).length === 0) {
    reader.fault(pointer, 'empty', 'Cần quy định hạn báo cáo cho ít nhất một cấp.');
  }
  return reader.reasons.length > 0 ? { ok: false, reasons: reader.reasons } : { ok: true, rule };
}

/**
 * Checks a window rule: how many days before the cutoff reports are let in, and how many after the deadline.
 */
export function checkWindowRule(value: unknown, pointer = ''): Checked<'rule', WindowRule> {
  const reader = new DefinitionReader('windowRule');
  const fields = reader.fields(value, pointer, ['opensDaysBeforeCutoff', 'closesDaysAfterDeadline']);
  if (fields === null) return { ok: false, reasons: reader.reasons };
  const rule: WindowRule = {
    opensDaysBeforeCutoff: reader.integer(
      fields['opensDaysBeforeCutoff'],
      `${pointer}/opensDaysBeforeCutoff`,
      0,
      366,
    ),
    closesDaysAfterDeadline: reader.integer(
      fields['closesDaysAfterDeadline'],
      `${pointer}/closesDaysAfterDeadline`,
      0,
      366,
    ),
  };
  return reader.reasons.length > 0 ? { ok: false, reasons: reader.reasons } : { ok: true, rule };
}

function readLevel(reader: DefinitionReader, value: unknown, pointer: string): LevelDeadline | null {
  const found = reader.variant(value, pointer, 'kind', LEVEL_FIELDS);
  if (found === null) return null;
  const { sort: kind, fields } = found;
  const at = reader.time(fields['at'], `${pointer}/at`);
  switch (kind) {
    case 'workingDaysAfterCutoff':
      return { kind, days: reader.integer(fields['days'], `${pointer}/days`, 1, 60), at };
    case 'dayOfMonth':
      return {
        kind,
        day: reader.integer(fields['day'], `${pointer}/day`, 1, 31),
        monthOffset: reader.integer(fields['monthOffset'], `${pointer}/monthOffset`, -1, 12),
        at,
      };
  }
}
