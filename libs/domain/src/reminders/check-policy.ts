import { DefinitionReader, type Checked } from '../reading/definition-reader';
import { AUDIENCES, CHANNELS, STEPS_AT_ONCE, type ReminderPolicy, type ReminderStep } from './policy';

/**
 * Checks a reminder policy as an administrator sends it: steps with unique codes, known audiences and
 * channels, quiet hours that leave part of the day.
 */
export function checkReminderPolicy(value: unknown, pointer = ''): Checked<'policy', ReminderPolicy> {
  const reader = new DefinitionReader('reminderPolicy');
  const fields = reader.fields(value, pointer, ['steps', 'quietHours']);
  if (fields === null) return { ok: false, reasons: reader.reasons };
  // These are written by themselves.
  const codes = new Set<string>(STEPS_AT_ONCE);
  const steps = reader
    .list(fields['steps'], `${pointer}/steps`, 1, 50)
    .map((item, index) => readStep(reader, item, `${pointer}/steps/${String(index)}`, codes))
    .filter((step) => step !== null);
  const quietHours = readQuietHours(reader, fields['quietHours'], `${pointer}/quietHours`);
  return reader.reasons.length > 0
    ? { ok: false, reasons: reader.reasons }
    : { ok: true, policy: { steps, quietHours } };
}

function readStep(
  reader: DefinitionReader,
  value: unknown,
  pointer: string,
  taken: Set<string>,
): ReminderStep | null {
  const fields = reader.fields(value, pointer, ['code', 'day', 'at', 'audience', 'channels']);
  if (fields === null) return null;
  return {
    code: reader.code(fields['code'], `${pointer}/code`, taken),
    day: reader.integer(fields['day'], `${pointer}/day`, -366, 366),
    at: reader.time(fields['at'], `${pointer}/at`),
    audience: reader.choices(fields['audience'], `${pointer}/audience`, AUDIENCES),
    channels: reader.choices(fields['channels'], `${pointer}/channels`, CHANNELS),
  };
}

function readQuietHours(
  reader: DefinitionReader,
  value: unknown,
  pointer: string,
): ReminderPolicy['quietHours'] {
  if (value === null) return null;
  const fields = reader.fields(value, pointer, ['from', 'to']);
  if (fields === null) return null;
  const from = reader.time(fields['from'], `${pointer}/from`);
  const to = reader.time(fields['to'], `${pointer}/to`);
  if (fields['from'] !== undefined && from === to) {
    reader.fault(
      pointer,
      'outOfRange',
      'Giờ bắt đầu và giờ kết thúc phải khác nhau; nếu không có giờ yên lặng thì ghi null.',
    );
  }
  return { from, to };
}
