import { powerOfTen } from '../forms/figure';
import { showFigure, spokenFigure } from '../forms/spoken-figure';
import type { RuleFacts, RuleFigure } from './rule';

/** What a slip of the hand makes of a figure, the surest sign first. */
type Slip =
  'swapped' | 'scale' | 'separator' | 'percent' | 'leftOut' | 'twice' | 'zero' | 'transposed' | 'digit';

interface Candidate {
  readonly slip: Slip;
  readonly figure: RuleFigure;
  /** What it would have to be. */
  readonly value: bigint;
  readonly power?: number;
  readonly other?: RuleFigure;
}

/** Order of belief: a slip earlier in the list explains a contradiction better than any later one. */
const SLIPS: readonly Slip[] = [
  'swapped',
  'percent',
  'scale',
  'separator',
  'leftOut',
  'twice',
  'zero',
  'transposed',
  'digit',
];
const SCALES = [3, 6, 9] as const;
/** Longer figures are not tried digit by digit. */
const MOST_DIGITS = 13;
/** How often a condition may be judged again for one failure, and for all of a report. */
const MOST_ATTEMPTS = 400;
const MOST_ATTEMPTS_TOGETHER = 1_200;

/** What is left of the attempts that one report may take, however many of its rules are broken. */
export class Patience {
  private left = MOST_ATTEMPTS_TOGETHER;

  /** Attempts for one failure. */
  take(): number {
    return Math.min(this.left, MOST_ATTEMPTS);
  }

  spend(attempts: number): void {
    this.left -= attempts;
  }
}

/** What there is to mend, and how to know that it is mended. */
export interface Failure {
  readonly facts: RuleFacts;
  /** The report's own figures in the comparison that failed. */
  readonly figures: readonly RuleFigure[];
  /** The figure that stands alone on its side: the whole of the parts, the share of the fraction. */
  readonly lone: RuleFigure | null;
  /** Whether both sides ought to be the same; of an inequality much less can be told. */
  readonly equality: boolean;
  /** Whether one side is fifty times the other or more: an inequality tells no more than a wrong unit. */
  readonly farOff: boolean;
  /** Whether the lone figure is compared with a sum. */
  readonly addsUp: boolean;
  /** What the lone figure would have to be by the others, in its own unit; null when that is no such figure. */
  readonly wanted: bigint | null;
  /** Whether the condition holds for a report with these figures. */
  readonly holds: (facts: RuleFacts) => boolean;
}

/**
 * A sentence on what is likely wrong: one figure that, mended as such slips are made, lets the rule hold. Null
 * when arithmetic does not tell. Bounded: the condition is judged at most 400 times.
 */
export function likelyFix(failure: Failure, patience: Patience): string | null {
  const { lone, wanted } = failure;
  const candidates = candidatesOf(failure, patience);
  for (const slip of SLIPS) {
    const found = candidates.filter((candidate) => candidate.slip === slip);
    // A wrong digit somewhere explains many a difference: it is believed of one figure only.
    if (found.length === 0 || (slip === 'digit' && found.length > 1)) continue;
    const [first, second] = [
      ...found.filter(({ figure }) => figure === lone),
      ...found.filter(({ figure }) => figure !== lone),
    ];
    if (first === undefined) continue;
    const other = second !== undefined && second.figure !== first.figure ? `; hoặc ${sentence(second)}` : '';
    return `Có thể ${sentence(first)}${other}.`;
  }
  if (lone === null || wanted === null) return null;
  return `Nếu các số khác đúng thì «${lone.label}» phải là ${shown(lone, wanted)}.`;
}

function candidatesOf(failure: Failure, patience: Patience): readonly Candidate[] {
  const { facts, figures, holds } = failure;
  const found: Candidate[] = [];
  const most = patience.take();
  let attempts = 0;
  const attempt = (candidate: Candidate, own: readonly (bigint | null)[]): void => {
    if (attempts === most) return;
    attempts += 1;
    if (holds({ ...facts, own })) found.push(candidate);
  };
  const given = figures.flatMap((figure) => {
    const value = figure.slot === null ? null : (facts.own[figure.slot] ?? null);
    return figure.slot === null || value === null || figure.type !== 'number'
      ? []
      : [{ figure, value, slot: figure.slot }];
  });
  for (const { figure, value, slot } of given) {
    const base = figure.ref.replace(/\.numerator$/, '');
    const pair = given.find((other) => base !== figure.ref && other.figure.ref === `${base}.denominator`);
    if (pair !== undefined) {
      const own = [...facts.own];
      own[slot] = pair.value;
      own[pair.slot] = value;
      attempt({ slip: 'swapped', figure, value: pair.value, other: pair.figure }, own);
    }
  }
  const mendedScales = (figure: RuleFigure, value: bigint): Generator<Candidate> =>
    scaleSlips(figure, value, figure === failure.lone ? failure.wanted : null);
  const tries = failure.equality
    ? [mendedScales, transpositions, wrongDigits]
    : failure.farOff
      ? [unitSlips]
      : [];
  if (failure.equality && failure.addsUp) tries.splice(1, 0, relativeSlips);
  for (const slipsOf of tries)
    for (const { figure, value, slot } of given) {
      // What is left out of a total or added twice is a part of it.
      if (slipsOf === relativeSlips && figure === failure.lone) continue;
      for (const candidate of slipsOf(figure, value)) {
        const own = [...facts.own];
        own[slot] = candidate.value;
        attempt(candidate, own);
      }
    }
  patience.spend(attempts);
  // Digits that were not all tried cannot tell that only one of them is wrong.
  return attempts === most ? found.filter(({ slip }) => slip !== 'digit') : found;
}

/** A wrong unit only: it is so far off that an inequality, too, tells it. */
function* unitSlips(figure: RuleFigure, value: bigint): Generator<Candidate> {
  for (const candidate of scaleSlips(figure, value)) if (candidate.slip === 'scale') yield candidate;
}

/** `wanted`: what the figure would have to be; a figure blown up again has lost its last places, which it tells. */
function* scaleSlips(figure: RuleFigure, value: bigint, wanted: bigint | null = null): Generator<Candidate> {
  const shownUnit = unitOf(figure);
  const restored = (grown: bigint, power: number): bigint => {
    if (wanted === null || power < 0 || figure.roundings === 0) return grown;
    const apart = wanted > grown ? wanted - grown : grown - wanted;
    return apart * 2n <= shownUnit * powerOfTen(power) ? wanted : grown;
  };
  const integral = (of: bigint): boolean => of % powerOfTen(Math.max(figure.decimals, 0)) === 0n;
  const scaled = (slip: Slip, power: number): Candidate | null => {
    const grown = power > 0 ? value * powerOfTen(power) : value / powerOfTen(-power);
    const lost = power < 0 && value % powerOfTen(-power) !== 0n;
    return lost || grown % shownUnit !== 0n ? null : { slip, figure, value: restored(grown, power), power };
  };
  if (value === 0n) return;
  for (const scale of SCALES)
    for (const power of [scale, -scale]) {
      const candidate = scaled('scale', power);
      if (candidate === null) continue;
      // With a fraction on one side of a thousand, a separator was read as the other one.
      const separator = scale === 3 && integral(value) !== integral(candidate.value);
      yield separator ? { ...candidate, slip: 'separator' } : candidate;
    }
  for (const power of [1, -1]) {
    const candidate = scaled('zero', power);
    if (candidate !== null) yield candidate;
  }
  if (figure.roundings === 0) return;
  for (const power of [2, -2]) {
    const candidate = scaled('percent', power);
    if (candidate !== null) yield candidate;
  }
}

function* relativeSlips(figure: RuleFigure, value: bigint): Generator<Candidate> {
  if (value === 0n) return;
  yield { slip: 'leftOut', figure, value: 0n };
  yield { slip: 'twice', figure, value: value * 2n };
}

function* transpositions(figure: RuleFigure, value: bigint): Generator<Candidate> {
  const digits = digitsOf(figure, value);
  for (let at = 0; at + 1 < digits.length; at += 1) {
    const [a = '', b = ''] = digits.slice(at, at + 2);
    if (a === b || (at === 0 && b === '0')) continue;
    const mended = [...digits.slice(0, at), b, a, ...digits.slice(at + 2)];
    yield { slip: 'transposed', figure, value: BigInt(mended.join('')) * unitOf(figure) };
  }
}

function* wrongDigits(figure: RuleFigure, value: bigint): Generator<Candidate> {
  const digits = digitsOf(figure, value);
  for (const [at, digit] of digits.entries())
    for (const other of '0123456789') {
      if (other === digit || (other === '0' && at === 0 && digits.length > 1)) continue;
      const mended = [...digits.slice(0, at), other, ...digits.slice(at + 1)];
      yield { slip: 'digit', figure, value: BigInt(mended.join('')) * unitOf(figure) };
    }
}

/** The digits as printed; none of a negative or a very long figure. */
function digitsOf(figure: RuleFigure, value: bigint): readonly string[] {
  const digits = Array.from(String(value / unitOf(figure)));
  return value < 0n || digits.length > MOST_DIGITS ? [] : digits;
}

/** The last printed place, in the stored integer. */
function unitOf({ decimals, shownDecimals }: RuleFigure): bigint {
  return powerOfTen(decimals - shownDecimals);
}

function sentence({ slip, figure, value, power = 0, other }: Candidate): string {
  const name = `«${figure.label}»`;
  const mended = `${name} là ${shown(figure, value)}`;
  switch (slip) {
    case 'swapped':
      return `đã ghi ngược tử số và mẫu số: ${name} và «${other?.label ?? ''}»`;
    case 'percent':
      return power > 0
        ? `${name} ghi theo phần của 1 thay vì phần trăm: ${mended}`
        : `${name} đã nhân 100 hai lần: ${mended}`;
    case 'scale': {
      const times = showFigure(String(powerOfTen(Math.abs(power))));
      return `${name} sai đơn vị tính, ${power > 0 ? 'nhỏ' : 'lớn'} hơn ${times} lần: ${mended}`;
    }
    case 'separator':
      return `${name} lẫn dấu thập phân với dấu hàng nghìn: ${mended}`;
    case 'zero':
      return power > 0 ? `${name} thiếu một chữ số 0: ${mended}` : `${name} thừa một chữ số 0: ${mended}`;
    case 'leftOut':
      return `chưa cộng ${name} vào tổng`;
    case 'twice':
      return `${name} bị cộng hai lần vào tổng`;
    case 'transposed':
      return `${name} đảo hai chữ số: ${mended}`;
    case 'digit':
      return `${name} sai một chữ số: ${mended}`;
  }
}

function shown({ decimals, scale }: RuleFigure, value: bigint): string {
  return spokenFigure(value, decimals + scale);
}
