import { pointerTo } from '../pointer';
import type { FigureRef, Indicator } from './indicator';

/** A place on the form for one figure: a ratio has two, a quantity with parts one for each, a subtotal none. */
export interface FigurePlace {
  readonly ref: FigureRef;
  /** The indicator's own label, or that of the ratio's side or of the part. */
  readonly label: string;
  /** Where a report holds the figure: `/figures/sessions`, `/figures/attendance/numerator`. */
  readonly pointer: string;
}

/** Where a report holds what belongs to the indicator `code`. */
export function indicatorPointer(code: string): string {
  return pointerTo('/figures', code);
}

/** Where a report holds the narrative `code`. */
export function narrativePointer(code: string): string {
  return pointerTo('/narratives', code);
}

/**
 * The places of an indicator in the order of the form; a ratio's numerator stands before its denominator. What a
 * clerk enters is entered at one of them.
 */
export function placesOf(indicator: Indicator): readonly FigurePlace[] {
  const { code, label } = indicator;
  const pointer = indicatorPointer(code);
  const whole = { ref: code, label, pointer };
  switch (indicator.type) {
    case 'integer':
    case 'decimal':
    case 'money':
    case 'percent':
      return (
        indicator.parts?.items.map((part) => ({
          ref: `${code}.${part.code}`,
          label: part.label,
          pointer: `${pointer}/parts/${part.code}`,
        })) ?? [whole]
      );
    case 'ratio':
      return [
        { ref: `${code}.numerator`, label: indicator.numeratorLabel, pointer: `${pointer}/numerator` },
        { ref: `${code}.denominator`, label: indicator.denominatorLabel, pointer: `${pointer}/denominator` },
      ];
    case 'choice':
    case 'yesNo':
    case 'date':
    case 'text':
      return [whole];
    case 'subtotal':
      return [];
  }
}

/** The numbers that a rule or a subtotal may name: what is entered as a number, and what is added up from it. */
export function numbersOf(indicator: Indicator): readonly FigureRef[] {
  switch (indicator.type) {
    case 'integer':
    case 'decimal':
    case 'money':
    case 'percent':
      return indicator.parts === undefined
        ? [indicator.code]
        : [...placesOf(indicator).map(({ ref }) => ref), indicator.code];
    case 'ratio':
      return placesOf(indicator).map(({ ref }) => ref);
    case 'subtotal':
      return [indicator.code];
    case 'choice':
    case 'yesNo':
    case 'date':
    case 'text':
      return [];
  }
}

/** What a place is called when it stands alone: `Tỷ lệ tham gia – số người tham gia`. */
export function fullLabel(indicator: Indicator, { ref, label }: FigurePlace): string {
  return ref === indicator.code ? label : `${indicator.label} – ${label}`;
}
