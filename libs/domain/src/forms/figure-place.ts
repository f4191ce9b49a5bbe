import { pointerTo } from '../pointer';
import type { FigureRef, Indicator } from './form';

/** A place on the form for one figure: an indicator has one, a ratio two. */
export interface FigurePlace {
  readonly ref: FigureRef;
  /** The indicator's own label, or that of the ratio's side. */
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

/** The places of an indicator in the order of the form; a ratio's numerator stands before its denominator. */
export function placesOf(indicator: Indicator): readonly FigurePlace[] {
  const pointer = indicatorPointer(indicator.code);
  const side = (name: string, label: string): FigurePlace => ({
    ref: `${indicator.code}.${name}`,
    label,
    pointer: pointerTo(pointer, name),
  });
  switch (indicator.type) {
    case 'integer':
    case 'decimal':
    case 'money':
    case 'percent':
      return [{ ref: indicator.code, label: indicator.label, pointer }];
    case 'ratio':
      return [side('numerator', indicator.numeratorLabel), side('denominator', indicator.denominatorLabel)];
  }
}
