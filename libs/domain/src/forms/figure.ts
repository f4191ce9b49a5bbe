/**
 * A figure's scaled value is never beyond ±10^15, so that it fits PostgreSQL's bigint with room to add up a
 * city.
 */
export const MOST_MAGNITUDE = 10n ** 15n;
/**
 * A double tells decimals of up to 15 significant digits apart; a JSON number with more may have been rounded
 * on its way.
 */
const EXACT_DIGITS = 15;
const MAX_TEXT_LENGTH = 40;
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;
/** `1,250`: thousands to one reader, a decimal to another. */
const COMMA_GROUPED = /^-?\d{1,3}(?:,\d{3})+$/;

const POWERS_OF_TEN: readonly bigint[] = Array.from({ length: 13 }, (_, exponent) => 10n ** BigInt(exponent));

/** Why something that stands for a figure cannot be read as one. */
export type FigureFault =
  'notANumber' | 'ambiguous' | 'notFinite' | 'tooManyDecimals' | 'tooLarge' | 'imprecise';

export type ParsedFigure =
  { readonly ok: true; readonly value: bigint } | { readonly ok: false; readonly code: FigureFault };

/** 10^exponent; the exponent is a number of decimals, or the difference of two. */
export function powerOfTen(exponent: number): bigint {
  return POWERS_OF_TEN[exponent] ?? 10n ** BigInt(exponent);
}

/**
 * Reads a figure (số liệu) as it travels into an integer scaled by 10^`decimals`, without rounding anything
 * away.
 * Text is `-?digits[.digits]`; zeros behind the last allowed decimal are harmless. A JSON number is taken
 * when it is
 * finite and exact, that is written with at most 15 significant digits.
 */
export function parseFigure(raw: string | number, decimals: number): ParsedFigure {
  if (typeof raw === 'number') return parseNumber(raw, decimals);
  const fault = faultOfText(raw);
  return fault === null ? parseText(raw, decimals) : { ok: false, code: fault };
}

/**
 * What is wrong with a figure before its form is known: null when it is a finite, exact decimal of any number
 * of decimals.
 */
export function figureFault(raw: string | number): FigureFault | null {
  return typeof raw === 'number' ? faultOfNumber(raw) : faultOfText(raw);
}

/**
 * Writes a scaled integer as a decimal with exactly `decimals` places: `formatFigure(1250n, 2)` is `12.50`.
 */
export function formatFigure(value: bigint, decimals: number): string {
  if (decimals === 0) return value.toString();
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

function parseNumber(raw: number, decimals: number): ParsedFigure {
  const fault = faultOfNumber(raw);
  if (fault !== null) return { ok: false, code: fault };
  if (Number.isInteger(raw)) return withinLimit(BigInt(raw) * powerOfTen(decimals));
  const text = String(raw);
  // Below 10^-6 JavaScript writes an exponent, and no form keeps that many decimals.
  return text.includes('e') ? { ok: false, code: 'tooManyDecimals' } : parseText(text, decimals);
}

function parseText(text: string, decimals: number): ParsedFigure {
  const [, sign = '', whole = '', fraction = ''] = DECIMAL.exec(text) ?? [];
  const kept = fraction.replace(/0+$/, '');
  if (kept.length > decimals) return { ok: false, code: 'tooManyDecimals' };
  const magnitude = BigInt(whole + kept) * powerOfTen(decimals - kept.length);
  return withinLimit(sign === '-' ? -magnitude : magnitude);
}

function withinLimit(value: bigint): ParsedFigure {
  return value > MOST_MAGNITUDE || value < -MOST_MAGNITUDE
    ? { ok: false, code: 'tooLarge' }
    : { ok: true, value };
}

function faultOfText(text: string): FigureFault | null {
  if (DECIMAL.test(text)) return text.length > MAX_TEXT_LENGTH ? 'tooLarge' : null;
  if (COMMA_GROUPED.test(text)) return 'ambiguous';
  return /^[+-]?(?:nan|inf|infinity)$/i.test(text) ? 'notFinite' : 'notANumber';
}

function faultOfNumber(raw: number): FigureFault | null {
  if (!Number.isFinite(raw)) return 'notFinite';
  if (Math.abs(raw) > 1e15) return 'tooLarge';
  if (Number.isInteger(raw)) return null;
  const significant = String(raw).replace(/e.*$/, '').replace(/[-.]/g, '').replace(/^0+/, '');
  return significant.length > EXACT_DIGITS ? 'imprecise' : null;
}
