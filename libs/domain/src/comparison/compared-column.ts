import type { FormDefinition } from '../forms/form';
import { layOut, type AskedField, type FormLayout, type SubtotalField } from '../forms/form-layout';
import { finishFigures } from '../forms/show-figures';
import type { Period } from '../periods/period';
import type { Accumulators, FigureValue, SlotOp } from '../rollup/rollup';
import { bring, bringingOf, isGiven, type Bringing } from './brought-figures';
import { codeOf, comparableForm } from './comparable-form';

/** A period with the form that was in force for it; without one nothing was asked. */
export interface PeriodForm {
  readonly period: Period;
  readonly form: { readonly id: string; readonly definition: FormDefinition } | null;
}

/** One indicator in one column of a table that compares periods. */
export interface ComparedFigure {
  /** Null when no period of the column gave it. */
  readonly figure: FigureValue | null;
  /**
   * Keys of the periods that should have brought something and did not, in the order of time: they are missing from the
   * figure and never count as nought. Of a figure that says where things stand only those after the last one given.
   */
  readonly missing: readonly string[];
  /** Key of the last period that brought something. */
  readonly latest: string | null;
}

/** What a column adds up to for one node, before it is rounded or divided. */
export interface ColumnTotals {
  readonly layout: FormLayout;
  readonly accumulators: Accumulators;
}

export interface ComparedColumn {
  readonly totals: ColumnTotals;
  readonly figures: ReadonlyMap<string, ComparedFigure>;
}

/** What a node holds in a period, laid out by the form in force then; undefined when it has nothing. */
export type NodeFigures = (periodKey: string) => Accumulators | undefined;

interface Column {
  readonly layout: FormLayout;
  readonly asked: readonly {
    readonly field: AskedField;
    readonly ops: readonly SlotOp[];
    /** For each period of the column. */
    readonly bringings: readonly (Bringing | null)[];
  }[];
}

/**
 * Makes a column ready once, to be worked out for many nodes. Its figures are those of its periods together, each
 * brought to the indicators of `asked` by code:
 *
 * - what happened in a period (flow) is combined as units are combined: sums, counts, distributions and answers add up
 *   over the periods, minimum and maximum are those of all periods, a mean is that of everything that was averaged, a
 *   ratio that of the sums of its two sides;
 * - what says where things stand (stock), or is counted from the beginning of the year (`cumulative`), is not added
 *   again: the latest one given stands for all before it;
 * - totals, subtotals and shares are formed last, from the parts.
 *
 * Where a form of the column did not ask for an indicator, or meant another kind of figure by its code, the period is
 * missing.
 */
export function comparedColumn(
  asked: FormDefinition,
  periods: readonly PeriodForm[],
): (figuresOf: NodeFigures) => ComparedColumn {
  const { layout, asked: fields } = prepare(asked, periods);
  const subtotals = layout.fields.filter((field) => field.type === 'subtotal');
  return (figuresOf) => {
    const accumulators = new Array<bigint | null>(layout.ops.length).fill(null);
    const found = new Map<string, Omit<ComparedFigure, 'figure'>>();
    const known = periods.map(({ period }) => figuresOf(period.key));
    for (const { field, ops, bringings } of fields) {
      const into = { at: field.accumulator, ops };
      let missing: string[] = [];
      let latest: string | null = null;
      for (const [index, { period }] of periods.entries()) {
        const [bringing, figures] = [bringings[index] ?? null, known[index]];
        if (bringing === null || figures === undefined || !isGiven(bringing, figures)) {
          missing.push(period.key);
          continue;
        }
        bring(bringing, figures, accumulators, into);
        if (bringing.restates) missing = [];
        latest = period.key;
      }
      // A date that is not rolled up has no figure above the reports: nothing is missing.
      found.set(field.indicator.code, { missing: ops.length === 0 ? [] : missing, latest });
    }
    for (const field of subtotals) found.set(field.indicator.code, ofSubtotal(field, found));
    const shown = new Map(finishFigures(layout, accumulators).map((figure) => [figure.code, figure]));
    const none = { missing: periods.map(({ period }) => period.key), latest: null };
    return {
      totals: { layout, accumulators },
      figures: new Map(
        asked.indicators.map(({ code }) => {
          const state = found.get(code) ?? none;
          return [code, { figure: state.latest === null ? null : (shown.get(code) ?? null), ...state }];
        }),
      ),
    };
  };
}

function prepare(asked: FormDefinition, periods: readonly PeriodForm[]): Column {
  const versions = new Map(
    periods.flatMap(({ form }) => (form === null ? [] : [[form.id, form.definition] as const])),
  );
  const layout = layOut(comparableForm(asked, [...versions.values()]));
  const layouts = new Map([...versions].map(([id, definition]) => [id, layOut(definition)]));
  return {
    layout,
    asked: layout.fields.flatMap((field, index) => {
      if (field.type === 'subtotal') return [];
      const end = layout.fields[index + 1]?.accumulator ?? layout.ops.length;
      const byVersion = new Map([...layouts].map(([id, then]) => [id, bringingOf(field, layout, then)]));
      const bringings = periods.map(({ form }) => byVersion.get(form?.id ?? '') ?? null);
      return [{ field, ops: layout.ops.slice(field.accumulator, end), bringings }];
    }),
  };
}

/** A subtotal misses whatever one of its addends misses. */
function ofSubtotal(
  { indicator }: SubtotalField,
  found: ReadonlyMap<string, Omit<ComparedFigure, 'figure'>>,
): Omit<ComparedFigure, 'figure'> {
  const addends = indicator.of.flatMap((ref) => found.get(codeOf(ref)) ?? []);
  const latest =
    addends
      .flatMap((addend) => addend.latest ?? [])
      .sort()
      .at(-1) ?? null;
  return { missing: [...new Set(addends.flatMap(({ missing }) => missing))].sort(), latest };
}
