import { isPlainLine } from '../plain-text';
import { pointerTo } from '../pointer';
import { isLocalDate } from '../time';
import { isCode } from './code';
import { figureFault } from './figure';
import { figureFaultSentence } from './figure-fault-sentence';
import type { RawFigure, RawNumber, Reason } from './form';

const MAX_PARTS = 100;
const MAX_TEXT_LENGTH = 2000;

/** The shapes that a figure of several fields may have, by the field that tells them apart. */
const SHAPES: readonly (readonly [tag: string, fields: readonly string[], read: Reader])[] = [
  ['numerator', ['numerator', 'denominator'], readRatio],
  ['denominator', ['numerator', 'denominator'], readRatio],
  ['parts', ['parts'], readParts],
  ['choice', ['choice'], readChoice],
  ['yes', ['yes'], readYes],
  ['date', ['date'], readDate],
  ['text', ['text'], readText],
];

type Fields = Readonly<Record<string, unknown>>;
type Reader = (reasons: Reason[], pointer: string, fields: Fields) => RawFigure;

/** Reads one figure of a report before its form is known: a readable number, or one of the known shapes. */
export function readRawFigure(reasons: Reason[], pointer: string, value: unknown): RawFigure {
  if (!isObject(value)) return readNumber(reasons, pointer, value);
  const [, fields, read] = SHAPES.find(([tag]) => tag in value) ?? [];
  if (fields === undefined || read === undefined) {
    return refuse(
      reasons,
      pointer,
      'Giá trị phải là một số, hoặc gồm: numerator và denominator (tỷ lệ); parts (chia mục); choice (chọn); yes (có, không); date (ngày); text (chữ).',
    );
  }
  const stray = Object.keys(value).filter((key) => !fields.includes(key));
  if (stray.length > 0) {
    const named = stray.slice(0, 5).join(', ').slice(0, 200);
    refuse(reasons, pointer, `Số liệu này chỉ gồm ${fields.join(' và ')}; đề nghị bỏ: ${named}.`);
  }
  return read(reasons, pointer, value);
}

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readRatio(reasons: Reason[], pointer: string, fields: Fields): RawFigure {
  return {
    numerator: readNumber(reasons, `${pointer}/numerator`, fields['numerator'] ?? null),
    denominator: readNumber(reasons, `${pointer}/denominator`, fields['denominator'] ?? null),
  };
}

function readParts(reasons: Reason[], pointer: string, { parts: given }: Fields): RawFigure {
  const at = `${pointer}/parts`;
  const parts: Record<string, RawNumber> = {};
  if (!isObject(given)) {
    refuse(reasons, at, 'Phần chia (parts) phải là một đối tượng JSON gồm các cặp mã và số.');
    return { parts };
  }
  const entries = Object.entries(given);
  if (entries.length > MAX_PARTS) {
    refuse(
      reasons,
      at,
      `Phần chia có ${String(entries.length)} mục, nhiều hơn ${String(MAX_PARTS)} mục cho phép.`,
    );
    return { parts };
  }
  for (const [code, value] of entries) {
    if (isCode(code)) parts[code] = readNumber(reasons, `${at}/${code}`, value);
    else refuse(reasons, pointerTo(at, code), `Mã «${code.slice(0, 100)}» không hợp lệ.`);
  }
  return { parts };
}

function readChoice(reasons: Reason[], pointer: string, { choice }: Fields): RawFigure {
  if (typeof choice === 'string' && isCode(choice)) return { choice };
  return refuse(reasons, `${pointer}/choice`, 'Mục được chọn (choice) phải là mã của một lựa chọn.');
}

function readYes(reasons: Reason[], pointer: string, { yes }: Fields): RawFigure {
  if (typeof yes === 'boolean') return { yes };
  return refuse(reasons, `${pointer}/yes`, 'Câu trả lời (yes) phải là true hoặc false.');
}

function readDate(reasons: Reason[], pointer: string, { date }: Fields): RawFigure {
  if (typeof date === 'string' && isLocalDate(date)) return { date };
  return refuse(reasons, `${pointer}/date`, 'Ngày (date) phải là ngày có thật, viết như 2026-11-14.');
}

function readText(reasons: Reason[], pointer: string, { text }: Fields): RawFigure {
  if (typeof text === 'string' && text.length <= MAX_TEXT_LENGTH && isPlainLine(text)) return { text };
  return refuse(
    reasons,
    `${pointer}/text`,
    `Phần chữ (text) phải là một dòng chữ không quá ${String(MAX_TEXT_LENGTH)} ký tự, không có ký tự điều khiển hoặc ký tự hỏng.`,
  );
}

function readNumber(reasons: Reason[], pointer: string, value: unknown): RawNumber {
  if (value === null) return null;
  if (typeof value !== 'number' && typeof value !== 'string')
    return refuse(reasons, pointer, 'Giá trị phải là một số, hoặc để trống (null) khi không có số liệu.');
  const fault = figureFault(value);
  if (fault !== null) {
    const shown = typeof value === 'string' ? ` «${value.slice(0, 40)}»` : '';
    reasons.push({
      pointer,
      code: `figure.${fault}`,
      message: `Giá trị${shown} ${figureFaultSentence(fault)}.`,
    });
  }
  return value;
}

/** Notes the fault; what is handed back is never used. */
function refuse(reasons: Reason[], pointer: string, message: string): null {
  reasons.push({ pointer, code: 'figure.wrongType', message });
  return null;
}
