import type { FormDefinition } from '../forms/form';
import { periodsOfYearSoFar, previousPeriod, samePeriodLastYear } from '../periods/neighbouring-periods';
import type { Period } from '../periods/period';
import {
  comparedColumn,
  type ComparedFigure,
  type ColumnTotals,
  type NodeFigures,
  type PeriodForm,
} from './compared-column';

/**
 * The columns of a consolidated table: kỳ này, kỳ trước, luỹ kế từ đầu năm, cùng kỳ năm trước, luỹ kế cùng kỳ năm
 * trước.
 */
export const COMPARED_COLUMNS = ['current', 'previous', 'yearToDate', 'lastYear', 'lastYearToDate'] as const;
export type ComparedColumnName = (typeof COMPARED_COLUMNS)[number];

/** One indicator of a node in every column. */
export interface ComparedIndicator {
  readonly code: string;
  readonly columns: Readonly<Record<ComparedColumnName, ComparedFigure>>;
}

export interface ComparedNode {
  /** In the order of the form. */
  readonly indicators: readonly ComparedIndicator[];
  /** Of the columns that a target is compared with. */
  readonly totals: Readonly<Record<'current' | 'yearToDate', ColumnTotals>>;
}

/** The periods that each column is made of, in the order of time. */
export function periodsOfColumns(period: Period): Readonly<Record<ComparedColumnName, readonly Period[]>> {
  const lastYear = samePeriodLastYear(period);
  return {
    current: [period],
    previous: [previousPeriod(period)],
    yearToDate: periodsOfYearSoFar(period),
    lastYear: [lastYear],
    lastYearToDate: periodsOfYearSoFar(lastYear),
  };
}

/**
 * Makes the comparison of a period with those before it ready once, to be worked out for many nodes. `asked` is the
 * form in force for the period, `formOf` that of any other; null where nothing was asked.
 */
export function comparePeriods(
  period: Period,
  asked: FormDefinition,
  formOf: (period: Period) => PeriodForm['form'],
): (figuresOf: NodeFigures) => ComparedNode {
  const periods = periodsOfColumns(period);
  const prepared = record((name) =>
    comparedColumn(
      asked,
      periods[name].map((each) => ({ period: each, form: formOf(each) })),
    ),
  );
  return (figuresOf) => {
    const columns = record((name) => prepared[name](figuresOf));
    return {
      indicators: asked.indicators.map(({ code }) => ({
        code,
        columns: record((name) => columns[name].figures.get(code) ?? NOTHING),
      })),
      totals: { current: columns.current.totals, yearToDate: columns.yearToDate.totals },
    };
  };
}

const NOTHING: ComparedFigure = { figure: null, missing: [], latest: null };

function record<T>(value: (name: ComparedColumnName) => T): Readonly<Record<ComparedColumnName, T>> {
  return {
    current: value('current'),
    previous: value('previous'),
    yearToDate: value('yearToDate'),
    lastYear: value('lastYear'),
    lastYearToDate: value('lastYearToDate'),
  };
}
