import {
  enoughPeers,
  judgeFigures,
  numbersFor,
  spreadsFor,
  type CompiledForm,
  type FigureHint,
  type SameAsLastHint,
} from '@mach/domain';
import type { CountingFigures, CountingReport, HintPeriods, Peers } from '@mach/persistence';

/** What the figures of a batch of reports are compared with. */
export interface FiguresKnown {
  readonly periods: HintPeriods;
  /** Of all units of the batch, newest period first. */
  readonly pasts: readonly CountingFigures[];
  readonly peers: readonly Peers[];
  readonly formOf: (formVersionId: string) => CompiledForm;
}

/** The strange figures of a report. */
export function strangeFigures(
  report: CountingReport,
  { periods, pasts, peers, formOf }: FiguresKnown,
): readonly (FigureHint | SameAsLastHint)[] {
  // That nothing happened was said on purpose.
  if (report.payload.nil === true) return [];
  const form = formOf(report.formVersionId);
  const own = pasts.filter(({ unitId }) => unitId === report.unitId);
  const [last] = periods.earlier;
  const fromLast = own[0]?.periodId === last?.id;
  return judgeFigures(form.hinted, report.figures, {
    past: own.map((earlier) =>
      numbersFor(form.hinted, formOf(earlier.formVersionId).hinted, earlier.figures),
    ),
    peers: spreadsFor(
      form.hinted,
      enoughPeers(
        peers.filter(({ kind }) => kind === report.kind),
        report.parentUnitId,
      ),
    ),
    newYear: last !== undefined && last.endsOn.slice(0, 4) !== periods.endsOn.slice(0, 4),
    allowsSameAsLast: !fromLast || form.definition.allowSameAsLast === true,
  });
}
