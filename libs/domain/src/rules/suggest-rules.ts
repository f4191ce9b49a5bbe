import type { FormDefinition } from '../forms/form';
import { isQuantity, type FigureRef, type Indicator, type QuantityIndicator } from '../forms/indicator';
import { unitOf } from '../forms/money-scale';
import type { FormRule } from './rule';

/** A rule that the labels of a form suggest and that it does not have yet. */
export type SuggestedRule = Pick<FormRule, 'code' | 'expression' | 'message'>;

/** Parts that a label announces: all of the whole, or some of it. */
type Relation = 'addUp' | 'within';

const ANNOUNCED: readonly (readonly [Relation, string])[] = [
  ['addUp', '(?:bao )?gồm|chia ra|chia thành|chia theo [^:]+|phân theo [^:]+|cụ thể'],
  ['within', 'trong đó'],
];
/** `- nam`, `+ nữ`, `a) …`, `1.2. …`: a label that stands below another. */
const BULLET = /^(?:[-–+•*]|[a-zđ]\)|\d+(?:\.\d+)*[.)])\s*/u;
/** The two sides of a thing: together they are all of it. */
const SIDES: readonly (readonly [RegExp, RegExp])[] = [
  [words('đã'), words('chưa|đang|còn')],
  [words('nam'), words('nữ')],
  [words('(?:trong|đúng|trước) hạn'), words('(?:quá|trễ|chậm) hạn')],
  [words('đạt'), words('(?:chưa|không) đạt')],
  [words('trong nước'), words('nước ngoài|ngoài nước')],
];
const REST = words('khác|còn lại');
const TOTAL = /^tổng(?: số| cộng)?(?=\s|$|:)/u;
const MOST_PARTS = 12;

/**
 * What the labels say the figures are to each other: a total followed by its parts (`gồm`, `chia ra`, numbered or
 * marked lines, two sides of a thing) adds up, what is said `trong đó` is no more than the whole. Only figures of one
 * kind and unit beside each other are put together, and nothing that the form works out or has a rule for.
 */
export function suggestRules({ indicators, rules }: FormDefinition): readonly SuggestedRule[] {
  const taken = new Set<FigureRef>();
  return indicators.flatMap((whole, at) => {
    if (!isAddedUp(whole) || taken.has(whole.code)) return [];
    const below: QuantityIndicator[] = [];
    for (const next of indicators.slice(at + 1, at + 1 + MOST_PARTS)) {
      if (!isAddedUp(next) || !isAlike(whole, next)) break;
      below.push(next);
    }
    const found = partsOf(plain(whole.label), below);
    if (found === null || rules.some((rule) => names(rule, [whole, ...found.parts]))) return [];
    for (const { code } of found.parts) taken.add(code);
    return [suggestion(found.relation, whole, found.parts)];
  });
}

interface Found {
  readonly relation: Relation;
  readonly parts: readonly QuantityIndicator[];
}

function partsOf(whole: string, below: readonly QuantityIndicator[]): Found | null {
  return announced(whole, below) ?? numbered(whole, below) ?? sides(whole, below);
}

/** `Tổng số đơn, gồm:` with the lines below it, or `Trong đó: đảng viên nữ` below a whole. */
function announced(whole: string, below: readonly QuantityIndicator[]): Found | null {
  const [first, ...others] = below.map((indicator) => ({ indicator, label: plain(indicator.label) }));
  if (first === undefined) return null;
  for (const [relation, words] of ANNOUNCED) {
    const opens = new RegExp(`^(?:${words})(?:\\s*:|\\s)`, 'u');
    const closes = new RegExp(`(?:^|[\\s,;(–-])(?:${words})\\s*[:)]*$`, 'u');
    if (closes.test(whole)) {
      const marked = BULLET.test(first.label);
      const parts = [first, ...others].slice(
        0,
        lengthOf([first, ...others], ({ label }) => (marked ? BULLET.test(label) : !TOTAL.test(label))),
      );
      return enough(
        relation,
        parts.map(({ indicator }) => indicator),
      );
    }
    if (opens.test(first.label)) {
      const more = others.slice(
        0,
        lengthOf(others, ({ label }) => opens.test(label) || BULLET.test(label)),
      );
      return enough(
        relation,
        [first, ...more].map(({ indicator }) => indicator),
      );
    }
  }
  return null;
}

/** `1. Đơn đã nhận` with `1.1. …` and `1.2. …` below. */
function numbered(whole: string, below: readonly QuantityIndicator[]): Found | null {
  const number = /^(\d+(?:\.\d+)*)[.)]?\s/u.exec(whole)?.[1];
  if (number === undefined) return null;
  const parts = below.slice(
    0,
    lengthOf(below, ({ label }, index) => plain(label).startsWith(`${number}.${String(index + 1)}`)),
  );
  return enough('addUp', parts);
}

/** `Tổng số đơn` with what is done and what is not, with both sides of a thing, or with a rest that closes it. */
function sides(whole: string, below: readonly QuantityIndicator[]): Found | null {
  if (!TOTAL.test(whole)) return null;
  const labels = below.map(({ label }) => plain(label));
  for (const [one, other] of SIDES)
    for (const [near, far] of [
      [one, other],
      [other, one],
    ] as const) {
      // All that stand on the far side belong to it: đã giải quyết, đang giải quyết, chưa giải quyết.
      const more = lengthOf(labels.slice(1), (label) => far.test(label));
      const [first = ''] = labels;
      if (more > 0 && near.test(first) && !far.test(first)) return enough('addUp', below.slice(0, 1 + more));
    }
  const before = lengthOf(labels, (label) => !TOTAL.test(label));
  const rest = labels.slice(0, before).findIndex((label) => REST.test(label));
  return rest < 1 ? null : enough('addUp', below.slice(0, rest + 1));
}

/** One part cannot make up a whole. */
function enough(relation: Relation, parts: readonly QuantityIndicator[]): Found | null {
  return parts.length < (relation === 'addUp' ? 2 : 1) ? null : { relation, parts };
}

function suggestion(
  relation: Relation,
  whole: QuantityIndicator,
  parts: readonly QuantityIndicator[],
): SuggestedRule {
  const labels = parts.map(({ label }) => `«${label.replace(BULLET, '')}»`);
  switch (relation) {
    case 'addUp':
      return {
        code: `${whole.code}_du_phan`,
        expression: `${parts.map(({ code }) => code).join(' + ')} == ${whole.code}`,
        message: `${labels.join(' cộng ')} phải bằng «${whole.label}».`,
      };
    case 'within':
      return {
        code: `${whole.code}_trong_do`,
        expression: parts.map(({ code }) => `${code} <= ${whole.code}`).join(' && '),
        message: `${labels.join(', ')} không được lớn hơn «${whole.label}».`,
      };
  }
}

/** Figures of which sums are made. */
function isAddedUp(indicator: Indicator): indicator is QuantityIndicator {
  return isQuantity(indicator) && indicator.type !== 'percent' && indicator.aggregation.kind === 'sum';
}

function isAlike(whole: QuantityIndicator, part: QuantityIndicator): boolean {
  return (
    whole.section === part.section &&
    whole.time === part.time &&
    unitOf(whole) === unitOf(part) &&
    (whole.cumulative === true) === (part.cumulative === true)
  );
}

/** Whether a rule speaks of all of these already. */
function names({ expression }: FormRule, indicators: readonly QuantityIndicator[]): boolean {
  const words = new Set(expression.match(/[\p{L}\p{N}_]+/gu) ?? []);
  return indicators.every(({ code }) => words.has(code));
}

function plain(label: string): string {
  return label.normalize('NFC').toLowerCase().trim();
}

/** How many from the start fulfil a condition. */
function lengthOf<T>(items: readonly T[], holds: (item: T, index: number) => boolean): number {
  const end = items.findIndex((item, index) => !holds(item, index));
  return end < 0 ? items.length : end;
}

/** Whole words: JavaScript's own boundary knows ASCII letters only. */
function words(alternatives: string): RegExp {
  return new RegExp(`(?<!\\p{L})(?:${alternatives})(?!\\p{L})`, 'u');
}
