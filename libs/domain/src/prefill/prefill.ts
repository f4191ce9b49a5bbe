import type { FormDefinition, RawFigure, ReportPayload } from '../forms/form';
import type { AskedIndicator, Indicator } from '../forms/indicator';
import type { DataWindow } from '../periods/period';
import { yearOf } from '../periods/period-of';

/** Where a figure was reported before: under which requirement, for which period. */
export interface ReportSource {
  readonly requirement: { readonly code: string; readonly title: string };
  readonly period: { readonly key: string; readonly label: string };
}

/** A report of the same unit that counts, with the form that it was drawn up on. */
export interface KnownReport extends ReportSource, DataWindow {
  readonly definition: FormDefinition;
  readonly payload: ReportPayload;
}

export type Figures = Readonly<Record<string, RawFigure>>;

/** A figure that need not be typed again. */
export interface Proposal {
  readonly code: string;
  readonly figure: RawFigure;
  /**
   * `stock`: as it stood last period. `yearToDate`: what the year had come to. `elsewhere`: reported for this very
   * time, or part of it, under another requirement.
   */
  readonly kind: 'stock' | 'yearToDate' | 'elsewhere';
  /** Whether it is filled in, marked; else it is offered beside the field. */
  readonly fillsIn: boolean;
  readonly source: ReportSource;
}

export interface Prefill {
  /** The figures of last period's report that the form asks for again, to be seen beside each field. */
  readonly previous: { readonly period: ReportSource['period']; readonly figures: Figures } | null;
  readonly proposals: readonly Proposal[];
  /** The report that nothing happened (không phát sinh); null where the form does not allow it. */
  readonly nil: { readonly figures: Figures; readonly carried: readonly string[] } | null;
  /** The figures of last period again; null where the form does not allow it, and without a last period. */
  readonly sameAsLast: Figures | null;
}

interface PrefillInput {
  readonly definition: FormDefinition;
  readonly period: ReportSource['period'] & DataWindow;
  /** The unit's report under the same requirement for the period before. */
  readonly previous: KnownReport | null;
  /** The unit's reports under other requirements for periods that overlap this one. */
  readonly elsewhere: readonly KnownReport[];
}

/**
 * What a clerk need not type again. A figure is taken only where both forms measure it alike: same code, type, unit,
 * decimals and parts. What is known of this very period from another form goes before last period's figure.
 */
export function prefillOf({ definition, period, previous, elsewhere }: PrefillInput): Prefill {
  const asked = definition.indicators.filter(isAsked);
  const last = (indicator: AskedIndicator): RawFigure =>
    previous === null ? null : knownIn(previous, indicator);
  // Without a report nobody knows what the year had come to: that is not nothing.
  const sameYear = previous === null || yearOf(previous.period) === yearOf(period);
  const carries = (indicator: AskedIndicator): boolean =>
    indicator.cumulative === true ? sameYear : indicator.time === 'stock';

  const proposals = asked.flatMap((indicator): Proposal[] => {
    const { code, cumulative } = indicator;
    const known = bestKnown(elsewhere, indicator, period);
    const fromElsewhere: Proposal[] =
      known === null
        ? []
        : [
            {
              code,
              figure: known.figure,
              kind: 'elsewhere',
              fillsIn: known.sameWindow,
              source: known.source,
            },
          ];
    const figure = last(indicator);
    if (previous === null || figure === null || !carries(indicator)) return fromElsewhere;
    const fillsIn = known?.sameWindow !== true;
    const kind = cumulative === true ? 'yearToDate' : 'stock';
    return [...fromElsewhere, { code, figure, kind, fillsIn, source: sourceOf(previous) }];
  });

  const figuresOf = (figure: (indicator: AskedIndicator) => RawFigure): Figures =>
    Object.fromEntries(
      asked.flatMap((indicator) => {
        const value = figure(indicator);
        return value === null ? [] : [[indicator.code, value] as const];
      }),
    );
  const lastFigures = figuresOf(last);
  const carried = asked.filter((indicator) => carries(indicator) && last(indicator) !== null);
  return {
    previous: previous === null ? null : { period: previous.period, figures: lastFigures },
    proposals,
    nil:
      definition.allowNil === true
        ? {
            figures: figuresOf((indicator) => (carries(indicator) ? last(indicator) : nothingOf(indicator))),
            carried: carried.map(({ code }) => code),
          }
        : null,
    sameAsLast: definition.allowSameAsLast === true && previous !== null ? lastFigures : null,
  };
}

/** What an indicator says when nothing happened; null when it then says nothing. */
function nothingOf(indicator: AskedIndicator): RawFigure {
  switch (indicator.type) {
    case 'integer':
    case 'decimal':
    case 'percent':
    case 'money': {
      // A mean or an extreme of nothing is no figure.
      if (indicator.time === 'stock' && indicator.cumulative !== true) return null;
      if (indicator.aggregation.kind !== 'sum' && !indicator.required) return null;
      const parts = indicator.parts?.items.map(({ code }) => [code, '0'] as const);
      return parts === undefined ? '0' : { parts: Object.fromEntries(parts) };
    }
    case 'ratio':
      return indicator.time === 'stock' && indicator.cumulative !== true
        ? null
        : { numerator: '0', denominator: '0' };
    case 'choice':
    case 'yesNo':
    case 'date':
    case 'text':
      return null;
  }
}

interface Known {
  readonly figure: RawFigure;
  readonly sameWindow: boolean;
  readonly source: ReportSource;
}

/** Of this very period if there is one, else of the one that reaches furthest. */
function bestKnown(
  reports: readonly KnownReport[],
  indicator: AskedIndicator,
  { startsOn, endsOn }: DataWindow,
): Known | null {
  const known = reports
    .filter((report) => report.startsOn <= endsOn && report.endsOn >= startsOn)
    .map((report) => ({
      figure: knownIn(report, indicator),
      sameWindow: report.startsOn === startsOn && report.endsOn === endsOn,
      endsOn: report.endsOn,
      source: sourceOf(report),
    }))
    .filter(({ figure }) => figure !== null)
    .sort((a, b) => Number(b.sameWindow) - Number(a.sameWindow) || (a.endsOn < b.endsOn ? 1 : -1));
  return known[0] ?? null;
}

/** The figure in that report, where its form measures the indicator alike; null otherwise. */
function knownIn({ definition, payload }: KnownReport, indicator: AskedIndicator): RawFigure {
  const there = definition.indicators.find(({ code }) => code === indicator.code);
  return there !== undefined && measureOf(there) === measureOf(indicator)
    ? (payload.figures[indicator.code] ?? null)
    : null;
}

/** All that a figure's meaning depends on beside its code. */
function measureOf(indicator: Indicator): string {
  return JSON.stringify([
    indicator.type,
    'time' in indicator ? [indicator.time, indicator.cumulative === true] : null,
    'unit' in indicator ? indicator.unit : null,
    'scale' in indicator ? indicator.scale : null,
    'decimals' in indicator ? indicator.decimals : null,
    'parts' in indicator ? indicator.parts.items.map(({ code }) => code) : null,
    'options' in indicator ? indicator.options.map(({ code }) => code) : null,
  ]);
}

function sourceOf({ requirement, period }: KnownReport): ReportSource {
  return { requirement, period };
}

function isAsked(indicator: Indicator): indicator is AskedIndicator {
  return indicator.type !== 'subtotal';
}
