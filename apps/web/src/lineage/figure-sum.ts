import type { FigureLineageView } from '@mach/contracts';
import { showFigure, type FigureValue, type Indicator } from '@mach/domain';

/** More than a line holds is said together. */
const ADDENDS_AT_MOST = 6;

interface Sum {
  readonly label: string;
  readonly of: (figure: FigureValue) => string | null;
}

/** The numbers of an indicator that are plain sums of their parts; none of a mean, a least, a most. */
function sumsOf(indicator: Indicator): readonly Sum[] {
  switch (indicator.type) {
    case 'subtotal':
      return [{ label: '', of: valueOf }];
    case 'ratio':
      return [
        {
          label: indicator.numeratorLabel,
          of: (figure) => (figure.type === 'ratio' ? figure.numerator : null),
        },
        {
          label: indicator.denominatorLabel,
          of: (figure) => (figure.type === 'ratio' ? figure.denominator : null),
        },
      ];
    case 'yesNo':
      return [{ label: 'Có', of: (figure) => (figure.type === 'yesCount' ? figure.yes : null) }];
    case 'choice':
      return indicator.options.map(({ code, label }) => ({
        label,
        of: (figure) =>
          figure.type === 'distribution'
            ? (figure.options.find((option) => option.code === code)?.value ?? null)
            : null,
      }));
    case 'text':
      return [{ label: '', of: (figure) => (figure.type === 'count' ? figure.count : null) }];
    case 'date':
      return [];
    case 'integer':
    case 'decimal':
    case 'percent':
    case 'money':
      switch (indicator.aggregation.kind) {
        case 'sum':
          return [{ label: '', of: valueOf }];
        case 'count':
          return [{ label: '', of: (figure) => (figure.type === 'count' ? figure.count : null) }];
        case 'min':
        case 'max':
        case 'mean':
        case 'weightedMean':
          return [];
      }
  }
}

function valueOf(figure: FigureValue): string | null {
  return figure.type === 'quantity' ? figure.value : null;
}

/** «120 = 45 + 40 + 35»: the figure, its largest parts, and the others together. */
export interface SumLine {
  readonly label: string;
  readonly total: string;
  readonly addends: readonly string[];
  /** How many parts the last addend stands for; 0 when each stands for itself. */
  readonly together: number;
}

/** How a figure is the sum of its parts, by the first page of them; empty for what is no sum. */
export function sumLines({ indicator, figure, parts, rest }: FigureLineageView): readonly SumLine[] {
  return sumsOf(indicator).flatMap(({ label, of }) => {
    const total = of(figure);
    if (total === null) return [];
    const given = parts.flatMap((part) => of(part.figure) ?? []);
    const shown = given.slice(0, ADDENDS_AT_MOST);
    const later = rest === null ? null : of(rest.figure);
    const left = [...given.slice(ADDENDS_AT_MOST), ...(later === null ? [] : [later])];
    const together = given.length - shown.length + (later === null ? 0 : (rest?.parts ?? 0));
    return [
      {
        label,
        total: showFigure(total),
        addends: [...shown, ...(left.length === 0 ? [] : [addDecimals(left)])].map(showFigure),
        together,
      },
    ];
  });
}

/** Adds decimals written as text, exactly. */
function addDecimals(decimals: readonly string[]): string {
  const places = Math.max(0, ...decimals.map((decimal) => decimal.split('.')[1]?.length ?? 0));
  const whole = decimals.reduce((sum, decimal) => {
    const [units = '', fraction = ''] = decimal.split('.');
    return sum + BigInt(units + fraction.padEnd(places, '0'));
  }, 0n);
  if (places === 0) return whole.toString();
  const digits = (whole < 0n ? -whole : whole).toString().padStart(places + 1, '0');
  return `${whole < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
