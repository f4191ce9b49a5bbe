import { searchable } from '../searching/matches';
import { isLocalDate } from '../time';
import { showDay } from '../time-words';
import { parseFigure } from './figure';
import { placesOf } from './figure-place';
import type { RawFigure, RawNumber } from './form';
import type { FigureRef, Indicator, Named } from './indicator';
import { showFigure, spokenFigure } from './spoken-figure';
import { typedDecimal } from './typed-figure';

const YES = 'Có';
const NO = 'Không';

/**
 * What a person typed at the places of an indicator (a form's fields, the cells of a workbook), as it travels;
 * `textAt` tells what stands at a place. Null when nothing is typed. What cannot be read travels as typed, so that
 * the check says what is wrong with it.
 */
export function typedIndicator(indicator: Indicator, textAt: (ref: FigureRef) => string): RawFigure {
  const { code } = indicator;
  switch (indicator.type) {
    case 'integer':
    case 'decimal':
    case 'money':
    case 'percent': {
      const { parts, decimals } = indicator;
      if (parts === undefined) return typedDecimal(textAt(code), decimals);
      const typed = parts.items.map((part): [string, RawNumber] => [
        part.code,
        typedDecimal(textAt(`${code}.${part.code}`), decimals),
      ]);
      return typed.every(([, value]) => value === null) ? null : { parts: Object.fromEntries(typed) };
    }
    case 'ratio': {
      const numerator = typedDecimal(textAt(`${code}.numerator`), indicator.decimals);
      const denominator = typedDecimal(textAt(`${code}.denominator`), indicator.decimals);
      return numerator === null && denominator === null ? null : { numerator, denominator };
    }
    case 'choice':
      return typedAs(textAt(code), (text) => {
        const chosen = optionOf(indicator.options, text);
        return chosen === undefined ? null : { choice: chosen.code };
      });
    case 'yesNo':
      return typedAs(textAt(code), (text) => {
        const folded = searchable(text);
        return folded === 'co' ? { yes: true } : folded === 'khong' ? { yes: false } : null;
      });
    case 'date':
      return typedAs(textAt(code), (text) => {
        const date = typedDay(text);
        return date === null ? null : { date };
      });
    case 'text':
      return typedAs(textAt(code), (text) => ({ text }));
    case 'subtotal':
      return null;
  }
}

/** A figure as a person would type it at each place of its indicator; `typedIndicator` reads it back. */
export function textsOf(indicator: Indicator, raw: RawFigure): readonly (readonly [FigureRef, string])[] {
  if (raw === null) return [];
  return placesOf(indicator).flatMap(({ ref }) => {
    const text = textAt(indicator, raw, ref);
    return text === '' ? [] : [[ref, text] as const];
  });
}

/** A day as people write it, with or without leading noughts: `1/7/2026` is `2026-07-01`; null when it is none. */
function typedDay(text: string): string | null {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text) ?? [];
  const date = year === '' ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isLocalDate(date) ? date : null;
}

function typedAs(typed: string, read: (text: string) => RawFigure): RawFigure {
  const text = typed.trim();
  return text === '' ? null : (read(text) ?? text);
}

/** By its label as it is shown, accents and case ignored, or by its code. */
function optionOf(options: readonly Named[], text: string): Named | undefined {
  const folded = searchable(text);
  return (
    options.find(({ label }) => label.trim() === text) ??
    options.find(({ code, label }) => code === text || searchable(label.trim()) === folded)
  );
}

function textAt(indicator: Indicator, raw: Exclude<RawFigure, null>, ref: FigureRef): string {
  // What travelled as typed is shown as typed.
  if (typeof raw !== 'object') return numberText(raw, decimalsOf(indicator));
  if ('choice' in raw) {
    const chosen =
      indicator.type === 'choice' ? indicator.options.find(({ code }) => code === raw.choice) : undefined;
    return chosen?.label ?? '';
  }
  if ('yes' in raw) return raw.yes ? YES : NO;
  if ('date' in raw) return showDay(raw.date);
  if ('text' in raw) return raw.text;
  const side = ref.slice(indicator.code.length + 1);
  const sides: Readonly<Record<string, RawNumber>> = 'parts' in raw ? raw.parts : { ...raw };
  return numberText(sides[side] ?? null, decimalsOf(indicator));
}

/** Zeros that say nothing are dropped. */
function numberText(raw: RawNumber, decimals: number | null): string {
  if (raw === null) return '';
  if (decimals === null) return String(raw);
  const parsed = parseFigure(raw, decimals);
  return parsed.ok ? spokenFigure(parsed.value, decimals) : showFigure(String(raw));
}

function decimalsOf(indicator: Indicator): number | null {
  return 'decimals' in indicator ? indicator.decimals : null;
}
