import { indicatorPointer } from './figure-place';
import type { RawFigure, ReportPayload } from './form';
import type { Field, FormLayout } from './form-layout';
import { readParts, readQuantity, readRatio, type ReadFigures } from './read-numbers';
import { readChoice, readDate, readText, readYesNo } from './read-words';

/**
 * Reads a payload's figures into their slots: each of its own type, within its own bounds, none missing that
 * is required, none that the form does not know. What one figure says about another is looked at afterwards.
 */
export function readFigures(layout: FormLayout, payload: ReportPayload): ReadFigures {
  const read: ReadFigures = { figures: new Array<bigint | null>(layout.slots).fill(null), reasons: [] };
  for (const field of layout.fields) readField(read, field, payload.figures[field.indicator.code] ?? null);
  for (const code of Object.keys(payload.figures)) {
    if (!layout.codes.has(code)) {
      const message = `Biểu mẫu không có chỉ tiêu mang mã «${code}». Đề nghị bỏ số liệu này hoặc kiểm tra lại mã.`;
      read.reasons.push({ pointer: indicatorPointer(code), code: 'figure.unknown', message });
    }
  }
  return read;
}

function readField(read: ReadFigures, field: Field, raw: RawFigure): void {
  switch (field.type) {
    case 'quantity':
      readQuantity(read, field, raw);
      return;
    case 'parts':
      readParts(read, field, raw);
      return;
    case 'ratio':
      readRatio(read, field, raw);
      return;
    case 'choice':
      readChoice(read, field, raw);
      return;
    case 'yesNo':
      readYesNo(read, field, raw);
      return;
    case 'date':
      readDate(read, field, raw);
      return;
    case 'text':
      readText(read, field, raw);
      return;
    case 'subtotal':
      if (raw !== null) {
        const message = `«${field.indicator.label}» do máy cộng, không nhập. Đề nghị bỏ số này.`;
        read.reasons.push({ pointer: field.pointer, code: 'figure.computed', message });
      }
      return;
  }
}
