import type { FigureValue } from '@mach/domain';

/** The number that a figure is ordered by, as a decimal; null when it has none. */
export function orderedBy(figure: FigureValue | null): string | null {
  switch (figure?.type) {
    case 'quantity':
      return figure.value;
    case 'ratio':
      return figure.percent;
    case 'distribution':
      return figure.answers;
    case 'yesCount':
      return figure.yes;
    case 'date':
      return figure.value?.replaceAll('-', '') ?? null;
    case 'count':
      return figure.count;
    case 'choice':
    case 'yesNo':
    case 'text':
    case undefined:
      return null;
  }
}

/** Decimals from the smallest up, exactly; `falling` only says that the order will be turned: what is not there comes last. */
export function compareDecimals(a: string | null, b: string | null, falling = false): number {
  if (a === null || b === null) {
    const last = Number(a === null) - Number(b === null);
    return falling ? -last : last;
  }
  const decimals = Math.max(fractionOf(a).length, fractionOf(b).length);
  const difference = scaled(a, decimals) - scaled(b, decimals);
  return difference === 0n ? 0 : difference > 0n ? 1 : -1;
}

function fractionOf(decimal: string): string {
  return decimal.split('.')[1] ?? '';
}

function scaled(decimal: string, decimals: number): bigint {
  return BigInt((decimal.split('.')[0] ?? '') + fractionOf(decimal).padEnd(decimals, '0'));
}
