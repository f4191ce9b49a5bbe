/**
 * What may be true of a condition, as a set: figures known only to their last printed place leave several
 * outcomes possible, figures not given leave the outcome `UNKNOWN`.
 */
export type Truth = number;

export const TRUE: Truth = 1;
export const FALSE: Truth = 2;
export const UNKNOWN: Truth = 4;

const OUTCOMES: readonly Truth[] = [TRUE, FALSE, UNKNOWN];

/** CEL's `&&`: one side that is false decides, whatever is unknown on the other. */
export function both(a: Truth, b: Truth): Truth {
  return AND[a * 8 + b] ?? UNKNOWN;
}

/** CEL's `||`: one side that is true decides. */
export function either(a: Truth, b: Truth): Truth {
  return negated(both(negated(a), negated(b)));
}

export function negated(a: Truth): Truth {
  return (a & UNKNOWN) | ((a & TRUE) << 1) | ((a & FALSE) >> 1);
}

const AND: readonly Truth[] = Array.from({ length: 64 }, (_, index) => {
  let result = 0;
  for (const a of OUTCOMES)
    for (const b of OUTCOMES)
      if ((index >> 3) & a && index & 7 & b)
        result |= a === FALSE || b === FALSE ? FALSE : a === UNKNOWN || b === UNKNOWN ? UNKNOWN : TRUE;
  return result;
});
