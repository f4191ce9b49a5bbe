import type { FormDefinition, Indicator } from '@mach/domain';

/** One accumulator of a form version, said once more for the verification, from the form's own words. */
export interface FormSlot {
  /** `study_sessions`, `attendance.numerator`, `topic.option`: what a person finds it by. */
  readonly name: string;
  readonly op: 'sum' | 'min' | 'max';
  /** SQL for what a payload's figures `f` (jsonb) bring to it; null where they bring nothing. */
  readonly brings: string;
}

interface SqlNumber {
  readonly sql: string;
  readonly decimals: number;
}

/**
 * Every accumulator of a form in its order. Written by another hand than the compiled form on purpose: no code of
 * it is used, so that a flaw there shows here.
 */
export function formSlots({ indicators }: FormDefinition): FormSlot[] {
  const numbers = new Map<string, SqlNumber>();
  return indicators.flatMap((indicator) => {
    rememberNumbers(indicator, numbers);
    return slotsOf(indicator, numbers);
  });
}

function slotsOf(indicator: Indicator, numbers: ReadonlyMap<string, SqlNumber>): FormSlot[] {
  const { code } = indicator;
  const at = `f -> ${quoted(code)}`;
  const sum = (name: string, brings: string): FormSlot => ({ name, op: 'sum', brings });
  switch (indicator.type) {
    case 'subtotal':
      return [];
    case 'ratio': {
      const numerator = sqlOf(numbers, `${code}.numerator`);
      const denominator = sqlOf(numbers, `${code}.denominator`);
      return [
        sum(`${code}.numerator`, given(denominator, numerator)),
        sum(`${code}.denominator`, given(numerator, denominator)),
      ];
    }
    case 'yesNo': {
      const yes = `(${at} ->> 'yes')::boolean::int`;
      return [sum(`${code}.yes`, yes), sum(`${code}.answers`, given(yes, '1'))];
    }
    case 'choice': {
      const chosen = `(${at} ->> 'choice')`;
      return indicator.options.map((option) =>
        sum(`${code}.${option.code}`, given(chosen, `(${chosen} = ${quoted(option.code)})::int`)),
      );
    }
    case 'date': {
      const { kind } = indicator.aggregation;
      if (kind === 'none') return [];
      return [{ name: code, op: kind, brings: `((${at} ->> 'date')::date - date '1970-01-01')` }];
    }
    case 'text':
      return [sum(code, `case when ${at} ->> 'text' ~ '\\S' then 1 end`)];
    case 'integer':
    case 'decimal':
    case 'percent':
    case 'money': {
      if (indicator.parts !== undefined)
        return indicator.parts.items.map((part) => {
          const name = `${code}.${part.code}`;
          return sum(name, sqlOf(numbers, name));
        });
      const value = sqlOf(numbers, code);
      const { aggregation } = indicator;
      switch (aggregation.kind) {
        case 'sum':
        case 'min':
        case 'max':
          return [{ name: code, op: aggregation.kind, brings: value }];
        case 'count':
          return [sum(code, given(value, '1'))];
        case 'mean':
          return [sum(code, value), sum(`${code}.count`, given(value, '1'))];
        case 'weightedMean': {
          const weight = sqlOf(numbers, aggregation.weight);
          return [sum(code, `(${value} * ${weight})`), sum(`${code}.weight`, given(value, weight))];
        }
      }
    }
  }
}

/** Notes the numbers of an indicator that a weight may name, as whole numbers of their smallest place. */
function rememberNumbers(indicator: Indicator, numbers: Map<string, SqlNumber>): void {
  const { code } = indicator;
  const whole = (path: string, decimals: number): SqlNumber => ({
    sql: `((${path})::numeric * ${String(10n ** BigInt(decimals))})`,
    decimals,
  });
  switch (indicator.type) {
    case 'ratio':
      for (const side of ['numerator', 'denominator'])
        numbers.set(`${code}.${side}`, whole(`f -> ${quoted(code)} ->> '${side}'`, indicator.decimals));
      return;
    case 'integer':
    case 'decimal':
    case 'percent':
    case 'money': {
      const decimals = indicator.type === 'money' ? DONG_DECIMALS[indicator.scale] : indicator.decimals;
      const parts = indicator.parts?.items ?? [];
      for (const part of parts)
        numbers.set(
          `${code}.${part.code}`,
          whole(`f -> ${quoted(code)} -> 'parts' ->> ${quoted(part.code)}`, decimals),
        );
      numbers.set(
        code,
        parts.length === 0
          ? whole(`f ->> ${quoted(code)}`, decimals)
          : { sql: added(parts.map((part) => sqlOf(numbers, `${code}.${part.code}`))), decimals },
      );
      return;
    }
    case 'subtotal': {
      const addends = indicator.of.map((ref) => numberOf(numbers, ref));
      const decimals = Math.max(0, ...addends.map((addend) => addend.decimals));
      const scaled = addends.map(
        (addend) => `${addend.sql} * ${String(10n ** BigInt(decimals - addend.decimals))}`,
      );
      numbers.set(code, { sql: added(scaled), decimals });
      return;
    }
    case 'yesNo':
    case 'choice':
    case 'date':
    case 'text':
      return;
  }
}

const DONG_DECIMALS = { dong: 0, thousand: 3, million: 6, billion: 9 } as const;

function sqlOf(numbers: ReadonlyMap<string, SqlNumber>, ref: string): string {
  return numberOf(numbers, ref).sql;
}

function numberOf(numbers: ReadonlyMap<string, SqlNumber>, ref: string): SqlNumber {
  const number = numbers.get(ref);
  if (number === undefined) throw new Error(`the form speaks of a number it does not have: ${ref}`);
  return number;
}

function added(terms: readonly string[]): string {
  return `(${terms.join(' + ')})`;
}

/** `value` where `condition` is given. */
function given(condition: string, value: string): string {
  return `case when ${condition} is not null then ${value} end`;
}

/** A code as an SQL text. Published forms have plain codes only; anything else must not reach a statement. */
function quoted(code: string): string {
  if (!/^[a-z][a-z0-9_]*$/.test(code)) throw new Error(`this is no code of a form: ${code}`);
  return `'${code}'`;
}
