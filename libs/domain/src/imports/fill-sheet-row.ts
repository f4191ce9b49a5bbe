import { formatFigure, parseFigure } from '../forms/figure';
import type { RawFigure, RawNumber, ReportPayload } from '../forms/form';
import type { FigureRef, Indicator } from '../forms/indicator';
import { textsOf } from '../forms/typed-indicator';
import type { SheetColumn } from './sheet-plan';

/** What is written into one cell: a number as a plain decimal, a day `YYYY-MM-DD`, or words; null leaves it empty. */
export type FilledCell =
  | { readonly kind: 'number'; readonly decimal: string }
  | { readonly kind: 'day'; readonly day: string }
  | { readonly kind: 'text'; readonly text: string }
  | null;

/** The row of a unit, with a report's figures and narratives when there is one to show. */
export function fillSheetRow(
  columns: readonly SheetColumn[],
  unit: { readonly code: string; readonly name: string },
  payload: ReportPayload | null,
): readonly FilledCell[] {
  return columns.map(({ content }) => {
    switch (content.kind) {
      case 'unit':
        return { kind: 'text', text: unit.code };
      case 'name':
        return { kind: 'text', text: unit.name };
      case 'figure':
        return figureCell(content.indicator, content.ref, payload?.figures[content.indicator.code] ?? null);
      case 'narrative':
        return wordsCell(payload?.narratives[content.narrative.code]);
      case 'nil':
        return payload?.nil === true ? { kind: 'text', text: 'x' } : null;
      case 'explanation':
        return wordsCell(payload?.explanations?.[content.rule.code]);
    }
  });
}

function wordsCell(text = ''): FilledCell {
  return text === '' ? null : { kind: 'text', text };
}

function figureCell(indicator: Indicator, ref: FigureRef, raw: RawFigure): FilledCell {
  if (raw === null) return null;
  switch (indicator.type) {
    case 'integer':
    case 'decimal':
    case 'money':
    case 'percent':
    case 'ratio':
      return numberCell(numberAt(indicator.code, ref, raw), indicator.decimals);
    case 'date':
      if (typeof raw === 'object' && 'date' in raw) return { kind: 'day', day: raw.date };
      return textCell(indicator, ref, raw);
    case 'choice':
    case 'yesNo':
    case 'text':
    case 'subtotal':
      return textCell(indicator, ref, raw);
  }
}

/** As a person would type it. */
function textCell(indicator: Indicator, ref: FigureRef, raw: RawFigure): FilledCell {
  return wordsCell(textsOf(indicator, raw).find(([place]) => place === ref)?.[1]);
}

/** The number that stands at a place: alone, at one side of a ratio, or in one part. */
function numberAt(code: string, ref: FigureRef, raw: RawFigure): RawNumber {
  if (typeof raw !== 'object' || raw === null) return ref === code ? raw : null;
  const sides: Readonly<Record<string, unknown>> = 'parts' in raw ? raw.parts : { ...raw };
  const side = sides[ref.slice(code.length + 1)];
  return typeof side === 'string' || typeof side === 'number' ? side : null;
}

/** Written with the form's own decimals; what was never readable is not there to be shown. */
function numberCell(raw: RawNumber, decimals: number): FilledCell {
  if (raw === null) return null;
  const parsed = parseFigure(raw, decimals);
  return parsed.ok ? { kind: 'number', decimal: formatFigure(parsed.value, decimals) } : null;
}
