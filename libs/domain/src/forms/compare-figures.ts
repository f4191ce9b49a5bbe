import { powerOfTen } from './figure';
import type { FormCheck, Reason } from './form';
import { operandValue, type FormLayout, type Operand } from './form-layout';
import { spokenFigure } from './spoken-figure';

type Figures = readonly (bigint | null)[];

/**
 * Finds the contradiction that one check of the form forbids; null when there is none or an operand was not
 * given.
 */
export type Comparison = (figures: Figures) => Reason | null;

/** Prepares a check: its figures found, and brought to one number of decimals, once. */
export function compileCheck(layout: FormLayout, check: FormCheck): Comparison {
  const operandOf = (ref: string): Operand => {
    const operand = layout.operands.get(ref);
    if (operand === undefined) throw new Error(`Check ${check.code} names an unknown figure ${ref}`);
    return operand;
  };
  const whole = operandOf(check.whole);
  switch (check.kind) {
    case 'partAtMostWhole':
      return partAtMostWhole(check.message, operandOf(check.part), whole);
    case 'partsEqualWhole':
      return partsEqualWhole(check.message, check.parts.map(operandOf), whole);
  }
}

function partAtMostWhole(message: string, part: Operand, whole: Operand): Comparison {
  const decimals = Math.max(part.decimals, whole.decimals);
  const partOf = scaledReader(part, decimals);
  const wholeOf = scaledReader(whole, decimals);
  return (figures) => {
    const partValue = partOf(figures);
    const wholeValue = wholeOf(figures);
    if (partValue === null || wholeValue === null || partValue <= wholeValue) return null;
    const numbers = `${spoken(part, partValue, decimals)} lớn hơn ${spoken(whole, wholeValue, decimals)}`;
    return {
      pointer: part.pointer,
      code: 'figure.partExceedsWhole',
      message: `${sentence(message)} Hiện ghi ${numbers}. Đề nghị kiểm tra và sửa một trong hai số.`,
    };
  };
}

function partsEqualWhole(message: string, parts: readonly Operand[], whole: Operand): Comparison {
  const decimals = Math.max(whole.decimals, ...parts.map((part) => part.decimals));
  const readers = parts.map((part) => scaledReader(part, decimals));
  const wholeOf = scaledReader(whole, decimals);
  return (figures) => {
    const wholeValue = wholeOf(figures);
    if (wholeValue === null) return null;
    let total = 0n;
    for (const read of readers) {
      const value = read(figures);
      if (value === null) return null;
      total += value;
    }
    if (total === wholeValue) return null;
    const shown = parts
      .map((part, index) => spoken(part, readers[index]?.(figures) ?? 0n, decimals))
      .join(' cộng ');
    const gap =
      total > wholeValue
        ? `thừa ${spokenFigure(total - wholeValue, decimals)}`
        : `thiếu ${spokenFigure(wholeValue - total, decimals)}`;
    return {
      pointer: whole.pointer,
      code: 'figure.partsDoNotAddUp',
      message:
        `${sentence(message)} Hiện ${shown} bằng ${spokenFigure(total, decimals)}, khác ${spoken(whole, wholeValue, decimals)} (${gap}). ` +
        'Đề nghị kiểm tra và sửa số chưa đúng.',
    };
  };
}

function scaledReader(operand: Operand, target: number): (figures: Figures) => bigint | null {
  const factor = powerOfTen(target - operand.decimals);
  return (figures) => {
    const value = operandValue(operand, figures);
    return value === null ? null : value * factor;
  };
}

function spoken(operand: Operand, value: bigint, decimals: number): string {
  return `«${operand.label}» là ${spokenFigure(value, decimals)}`;
}

/** The form's own words, as a sentence. */
function sentence(message: string): string {
  return /[.!?…]$/.test(message) ? message : `${message}.`;
}
