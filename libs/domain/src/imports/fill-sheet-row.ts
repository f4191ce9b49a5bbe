import { formatFigure, parseFigure } from '../forms/figure';
import type { FigureRef, Indicator, RawFigure, ReportPayload } from '../forms/form';
import type { SheetColumn } from './sheet-plan';

/** What is written into one cell: a number as a plain decimal, or words; null leaves it empty. */
export type FilledCell =
  | { readonly kind: 'number'; readonly decimal: string }
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
      case 'narrative': {
        const text = payload?.narratives[content.narrative.code] ?? '';
        return text === '' ? null : { kind: 'text', text };
      }
    }
  });
}

function figureCell(indicator: Indicator, ref: FigureRef, raw: RawFigure): FilledCell {
  switch (indicator.type) {
    case 'integer':
    case 'decimal':
    case 'money':
    case 'percent':
      return typeof raw === 'object' ? null : numberCell(raw, indicator.decimals);
    case 'ratio': {
      if (typeof raw !== 'object' || raw === null) return null;
      const side = ref === `${indicator.code}.numerator` ? raw.numerator : raw.denominator;
      return side === null ? null : numberCell(side, indicator.decimals);
    }
  }
}

/** Written with the form's own decimals; what was never readable is not there to be shown. */
function numberCell(raw: string | number, decimals: number): FilledCell {
  const parsed = parseFigure(raw, decimals);
  return parsed.ok ? { kind: 'number', decimal: formatFigure(parsed.value, decimals) } : null;
}
