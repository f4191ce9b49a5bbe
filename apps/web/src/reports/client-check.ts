import type { FigureRef, FormCheck, FormDefinition, Indicator, Narrative, Reason } from '@mach/contracts';
import { readTyped, scaledBound, showCount, showFigure, type TypedFigure } from '../figures/figure-text';
import { fieldsOf, pointerOf, type Entry } from './entry';

/** A figure read from its field, on the scale of its indicator. */
interface Read {
  readonly typed: TypedFigure;
  readonly decimals: number;
}

/**
 * The same faults that the server would find, told at entry. The server decides; this spares the clerk a
 * round.
 * Every fault is found, in the order of the form.
 */
export function checkEntry(definition: FormDefinition, entry: Entry): readonly Reason[] {
  const read = new Map<FigureRef, Read>();
  const faults: Reason[] = [];
  for (const indicator of definition.indicators) {
    for (const { ref } of fieldsOf(indicator)) {
      const typed = readTyped(entry.figures[ref] ?? '', indicator.decimals);
      read.set(ref, { typed, decimals: indicator.decimals });
      faults.push(...readingFaults(ref, typed, indicator));
    }
    faults.push(...presenceFaults(indicator, read), ...boundFaults(indicator, read));
  }
  for (const check of definition.checks) faults.push(...contradictions(check, read));
  for (const narrative of definition.narratives)
    faults.push(...narrativeFaults(narrative, entry.narratives[narrative.code] ?? ''));
  return faults;
}

const fault = (ref: FigureRef, code: string, message: string): Reason => ({
  pointer: pointerOf(ref),
  code,
  message,
});

function readingFaults(ref: FigureRef, typed: TypedFigure, indicator: Indicator): Reason[] {
  if (typed.kind !== 'unreadable') return [];
  const words = {
    notANumber: 'Chỉ ghi số, ví dụ 1250 hoặc 1.250.',
    tooManyDecimals:
      indicator.decimals === 0
        ? 'Số này phải là số nguyên, không có phần lẻ.'
        : `Chỉ ghi tối đa ${String(indicator.decimals)} chữ số sau dấu phẩy.`,
    tooLarge: 'Số quá lớn. Kiểm tra lại đơn vị tính.',
  };
  return [fault(ref, typed.why === 'tooLarge' ? 'figure.outOfRange' : 'figure.wrongType', words[typed.why])];
}

function presenceFaults(indicator: Indicator, read: ReadonlyMap<FigureRef, Read>): Reason[] {
  const empty = fieldsOf(indicator).filter(({ ref }) => read.get(ref)?.typed.kind === 'empty');
  const halfGiven = empty.length === 1 && indicator.type === 'ratio';
  if (!indicator.required && !halfGiven) return [];
  const message = halfGiven ? 'Ghi đủ cả hai số của tỷ lệ.' : 'Chưa ghi số. Nếu không có thì ghi 0.';
  return empty.map(({ ref }) => fault(ref, 'figure.missing', message));
}

function boundFaults(indicator: Indicator, read: ReadonlyMap<FigureRef, Read>): Reason[] {
  const faults: Reason[] = [];
  const min = indicator.type === 'ratio' ? '0' : (indicator.min ?? '0');
  const max = indicator.type === 'ratio' ? undefined : indicator.max;
  for (const { ref } of fieldsOf(indicator)) {
    const value = scaledOf(read.get(ref));
    if (value === null) continue;
    if (value < scaledBound(min, indicator.decimals)) {
      faults.push(
        fault(
          ref,
          'figure.outOfRange',
          min === '0' ? 'Số này không được âm.' : `Số này không được nhỏ hơn ${showFigure(min)}.`,
        ),
      );
    } else if (max !== undefined && value > scaledBound(max, indicator.decimals)) {
      faults.push(
        fault(
          ref,
          'figure.outOfRange',
          `Số này không được lớn hơn ${showFigure(max)}. Kiểm tra lại đơn vị tính.`,
        ),
      );
    }
  }
  if (indicator.type === 'ratio' && indicator.bounded) {
    const numerator = scaledOf(read.get(`${indicator.code}.numerator`));
    const denominator = scaledOf(read.get(`${indicator.code}.denominator`));
    if (numerator !== null && denominator !== null && numerator > denominator) {
      const message = `«${indicator.numeratorLabel}» không thể lớn hơn «${indicator.denominatorLabel}».`;
      faults.push(fault(`${indicator.code}.numerator`, 'figure.partExceedsWhole', message));
    }
  }
  return faults;
}

/**
 * A check with a missing operand does not apply. Operands of different scales are brought to six decimals.
 */
function contradictions(check: FormCheck, read: ReadonlyMap<FigureRef, Read>): Reason[] {
  const value = (ref: FigureRef): bigint | null => commonScale(read.get(ref));
  const whole = value(check.whole);
  if (whole === null) return [];
  if (check.kind === 'partAtMostWhole') {
    const part = value(check.part);
    return part !== null && part > whole ? [fault(check.part, 'figure.partExceedsWhole', check.message)] : [];
  }
  let sum = 0n;
  for (const ref of check.parts) {
    const part = value(ref);
    if (part === null) return [];
    sum += part;
  }
  if (sum === whole) return [];
  const message = `${check.message} Cộng các phần được ${unscaled(sum)}, tổng ghi ${unscaled(whole)}.`;
  return [fault(check.whole, 'figure.partsDoNotAddUp', message)];
}

const COMMON_DECIMALS = 6;

function commonScale(read: Read | undefined): bigint | null {
  const value = scaledOf(read);
  return read === undefined || value === null ? null : value * 10n ** BigInt(COMMON_DECIMALS - read.decimals);
}

function unscaled(value: bigint): string {
  const digits = String(value < 0n ? -value : value).padStart(COMMON_DECIMALS + 1, '0');
  const fraction = digits.slice(-COMMON_DECIMALS).replace(/0+$/, '');
  return showFigure(
    `${value < 0n ? '-' : ''}${digits.slice(0, -COMMON_DECIMALS)}${fraction === '' ? '' : `.${fraction}`}`,
  );
}

function scaledOf(read: Read | undefined): bigint | null {
  return read?.typed.kind === 'figure' ? read.typed.scaled : null;
}

function narrativeFaults(narrative: Narrative, text: string): Reason[] {
  const pointer = `/narratives/${narrative.code}`;
  const length = Array.from(text.trim()).length;
  if (length === 0) {
    return narrative.required
      ? [{ pointer, code: 'narrative.missing', message: 'Phần này cần có nội dung, một hai câu cũng được.' }]
      : [];
  }
  if (length <= narrative.maxLength) return [];
  const message = `Dài quá ${showCount(length - narrative.maxLength)} ký tự; tối đa ${showCount(narrative.maxLength)}.`;
  return [{ pointer, code: 'narrative.tooLong', message }];
}
