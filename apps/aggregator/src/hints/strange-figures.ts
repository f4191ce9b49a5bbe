import {
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

const FEWEST_UNDER_ONE_PARENT = 8;

/** The strange figures of a report. */
export function strangeFigures(
  report: CountingReport,
  { periods, pasts, peers, formOf }: FiguresKnown,
): readonly (FigureHint | SameAsLastHint)[] {
  const form = formOf(report.formVersionId);
  const own = pasts.filter(({ unitId }) => unitId === report.unitId);
  const [last] = periods.earlier;
  const fromLast = own[0]?.periodId === last?.id;
  return judgeFigures(form.hinted, report.figures, {
    past: own.map((earlier) =>
      numbersFor(form.hinted, formOf(earlier.formVersionId).hinted, earlier.figures),
    ),
    peers: spreadsFor(form.hinted, peersOf(report, peers)?.figures ?? {}),
    newYear: last !== undefined && last.endsOn.slice(0, 4) !== periods.endsOn.slice(0, 4),
    allowsSameAsLast: !fromLast,
  });
}

/** Units of the kind under the same parent, or in the whole city when they are too few. */
function peersOf({ kind, parentUnitId }: CountingFigures, peers: readonly Peers[]): Peers | undefined {
  const of = peers.filter((group) => group.kind === kind);
  const near = of.find((group) => group.parentUnitId === parentUnitId);
  const enough = Object.values(near?.figures ?? {}).some(({ count }) => count >= FEWEST_UNDER_ONE_PARENT);
  return enough ? near : of.find((group) => group.parentUnitId === 0);
}
