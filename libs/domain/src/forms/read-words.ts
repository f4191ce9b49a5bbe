import { daysBetween, isLocalDate } from '../time';
import type { RawFigure, Reason } from './form';
import type { ChoiceField, DateField, TextField, YesNoField } from './form-layout';
import type { ReadFigures } from './read-numbers';
import { charactersIn } from './read-narratives';

/** Day 0 of a date that is kept. */
export const FIRST_DAY = '1970-01-01';

export function readChoice(read: ReadFigures, field: ChoiceField, raw: RawFigure): void {
  const { options, label } = field.indicator;
  if (isAbsent(read, field, raw, 'Đề nghị chọn một mục.')) return;
  const chosen = typeof raw === 'object' && raw !== null && 'choice' in raw ? raw.choice : null;
  const index = options.findIndex(({ code }) => code === chosen);
  if (index < 0) {
    const choices = options.map((option) => `«${option.label}»`).join(', ');
    refuse(
      read,
      field,
      'wrongType',
      `«${label}» phải là một trong các mục: ${choices}${instead(raw, chosen)}.`,
    );
  } else read.figures[field.slot] = BigInt(index);
}

export function readYesNo(read: ReadFigures, field: YesNoField, raw: RawFigure): void {
  const { label } = field.indicator;
  if (isAbsent(read, field, raw, 'Đề nghị chọn Có hoặc Không.')) return;
  if (typeof raw !== 'object' || raw === null || !('yes' in raw))
    refuse(read, field, 'wrongType', `«${label}» chỉ nhận Có hoặc Không${instead(raw, null)}.`);
  else read.figures[field.slot] = raw.yes ? 1n : 0n;
}

export function readDate(read: ReadFigures, field: DateField, raw: RawFigure): void {
  const { label } = field.indicator;
  if (isAbsent(read, field, raw, 'Đề nghị ghi ngày.')) return;
  const day = typeof raw === 'object' && raw !== null && 'date' in raw ? raw.date : null;
  if (day === null || !isLocalDate(day)) {
    const message = `«${label}» phải là một ngày có thật, ghi như 14/11/2026${instead(raw, day)}.`;
    refuse(read, field, 'wrongType', message);
  } else read.figures[field.slot] = BigInt(daysBetween(FIRST_DAY, day));
}

export function readText(read: ReadFigures, field: TextField, raw: RawFigure): void {
  const { label, maxLength } = field.indicator;
  const text = typeof raw === 'object' && raw !== null && 'text' in raw ? raw.text.trim() : null;
  if (isAbsent(read, field, text === '' ? null : raw, 'Đề nghị bổ sung.')) return;
  if (text === null) {
    refuse(read, field, 'wrongType', `«${label}» phải là chữ, đề nghị ghi lại.`);
    return;
  }
  const length = charactersIn(text);
  if (length > maxLength) {
    const message = `«${label}» dài ${String(length)} ký tự, nhiều hơn ${String(maxLength)} ký tự cho phép. Đề nghị rút gọn.`;
    refuse(read, field, 'tooLong', message);
  } else read.figures[field.slot] = 1n;
}

type WordsField = ChoiceField | YesNoField | DateField | TextField;

function isAbsent(read: ReadFigures, field: WordsField, raw: RawFigure, wish: string): boolean {
  if (raw !== null) return false;
  const { required, label } = field.indicator;
  if (required) refuse(read, field, 'missing', `Chưa có «${label}». ${wish}`);
  return true;
}

function refuse(read: ReadFigures, { pointer }: WordsField, fault: string, message: string): void {
  const reason: Reason = { pointer, code: `figure.${fault}`, message };
  read.reasons.push(reason);
}

/** What was given instead, as far as it can be said in a few words. */
function instead(raw: RawFigure, given: string | null): string {
  const shown = given ?? (typeof raw === 'object' ? null : String(raw));
  return shown === null ? '' : `, không nhận «${shown.length > 40 ? `${shown.slice(0, 40)}…` : shown}»`;
}
