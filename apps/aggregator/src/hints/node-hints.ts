import { Injectable } from '@nestjs/common';
import { narrativeText, type Boilerplate, type CompiledForm, type Instant } from '@mach/domain';
import {
  FormStore,
  HintStore,
  HintWork,
  Transactions,
  YardstickStore,
  type CountingFigures,
  type CountingReport,
  type HintPeriods,
  type StoredHint,
  type Transaction,
  type UnhintedNode,
  type Yardstick,
} from '@mach/persistence';
import {
  copiedFromLast,
  copiedFromUnit,
  copiedHint,
  greatestShares,
  sketchOf,
  type CheckedNarrative,
} from './copied-narratives';
import { strangeFigures } from './strange-figures';
import { FEWEST_REPORTS } from './yardsticks';

/** Reports looked at in one transaction: the texts of a hundred are compared in a tenth of a second. */
const TOGETHER = 100;

export interface NodeToCheck {
  readonly node: UnhintedNode;
  readonly periods: HintPeriods;
  readonly yardstick: Yardstick;
  readonly now: Instant;
}

interface ReportsInHand {
  readonly reports: readonly CountingReport[];
  /** What their units reported before. */
  readonly pasts: readonly CountingFigures[];
  readonly formOf: (formVersionId: string) => CompiledForm;
}

/** Looks for hints in the reports that a node adds up itself, some of them at a time. */
@Injectable()
export class NodeHints {
  constructor(
    private readonly transactions: Transactions,
    private readonly work: HintWork,
    private readonly hints: HintStore,
    private readonly yardsticks: YardstickStore,
    private readonly forms: FormStore,
  ) {}

  /**
   * One transaction: holds the yardstick, checks some reports, writes their sketches and hints in the place of what
   * stood there, and settles the node when nothing is left.
   *
   * @returns whether there is more to check; `elsewhere` when another process is at it or has drawn a new yardstick
   */
  async checkSome(checked: NodeToCheck): Promise<'more' | 'done' | 'elsewhere'> {
    const { node, yardstick } = checked;
    return this.transactions.run(async (tx) => {
      if (!(await this.yardsticks.hold(tx, node, yardstick.no))) return 'elsewhere';
      const reports = await this.work.unchecked(tx, node, yardstick.no, TOGETHER);
      if (reports.length > 0) await this.check(tx, reports, checked);
      if (reports.length === TOGETHER) return 'more';
      await this.work.settle(tx, node);
      return 'done';
    });
  }

  private async check(
    tx: Transaction,
    reports: readonly CountingReport[],
    known: NodeToCheck,
  ): Promise<void> {
    const { node, periods, yardstick } = known;
    const periodIds = periods.earlier.map(({ id }) => id);
    const unitIds = reports.map(({ unitId }) => unitId);
    const pasts = await this.work.pasts(node.requirementId, periodIds, unitIds);
    const formOf = await this.forms.compiledForms(
      [...reports, ...pasts].map((report) => report.formVersionId),
    );
    const peers = await this.yardsticks.peersOf(
      node.requirementId,
      [node.periodId],
      [...new Set(reports.map(({ kind }) => kind))],
      [...new Set(reports.map(({ parentUnitId }) => parentUnitId))],
    );
    const found = reports.flatMap((report) =>
      strangeFigures(report, { periods, pasts, peers, formOf }).map((hint) =>
        stored(node, report, hint, null),
      ),
    );
    const copied = await this.copied(tx, { reports, pasts, formOf }, known);
    const ids = reports.map(({ submissionId }) => submissionId);
    const here = new Set(ids);
    await this.hints.write(
      tx,
      ids,
      yardstick.no,
      [...found, ...copied.filter(({ submissionId }) => here.has(submissionId))],
      copied.filter(({ submissionId }) => !here.has(submissionId)),
      known.now,
    );
  }

  private async copied(
    tx: Transaction,
    { reports, pasts, formOf }: ReportsInHand,
    { node, periods, yardstick }: NodeToCheck,
  ): Promise<StoredHint[]> {
    const narratives = reports.flatMap((report) => narrativesOf(report, yardstick, formOf));
    const lastPeriodId = periods.earlier[0]?.id ?? null;
    const lasts = new Map(
      pasts
        .filter(({ periodId }) => periodId === lastPeriodId)
        .map(({ unitId, submissionId }) => [unitId, submissionId]),
    );
    const long = narratives.flatMap((narrative) => {
      const sketched = sketchOf(narrative, node, lastPeriodId);
      return sketched === null ? [] : [{ narrative, ...sketched }];
    });
    await this.hints.addSketches(
      tx,
      long.map(({ sketch }) => sketch),
    );
    // Before it is known what everybody writes, others' texts say nothing; all is looked at again then.
    const sought = yardstick.reports < FEWEST_REPORTS ? [] : long.map((narrative) => narrative.sought);
    const likely = await this.hints.likelyCopies(tx, sought);
    const others = [...new Set([...lasts.values(), ...likely.map(({ submissionId }) => submissionId)])];
    const texts = await this.work.narratives(others);
    const hints = long.flatMap(({ narrative }) => {
      const last = lasts.get(narrative.report.unitId);
      if (last === undefined) return [];
      const copied = copiedFromLast(narrative, texts.get(last)?.[narrative.code]);
      return copied === null
        ? []
        : [stored(node, narrative.report, copiedHint('copiedFromLast', narrative, copied), last)];
    });
    for (const other of likely) {
      const narrative = long[other.place]?.narrative;
      const pair = narrative === undefined ? null : copiedFromUnit(narrative, other, texts);
      if (narrative === undefined || pair === null) continue;
      const hint = copiedHint('copiedFromUnit', narrative, pair.copied);
      const { report } = narrative;
      hints.push(
        pair.later === 'checked'
          ? stored(node, report, hint, other.submissionId)
          : stored({ ...node, periodId: other.periodId }, other, hint, report.submissionId),
      );
    }
    return greatestShares(hints);
  }
}

function narrativesOf(
  report: CountingReport,
  { boilerplate }: Yardstick,
  formOf: ReportsInHand['formOf'],
): CheckedNarrative[] {
  return formOf(report.formVersionId).definition.narratives.flatMap(({ code, label }) => {
    const text = report.payload.narratives[code];
    if (text === undefined) return [];
    const common: Boilerplate = new Set(boilerplate[code]);
    return [{ report, code, label, text: narrativeText(text), boilerplate: common }];
  });
}

function stored(
  { requirementId, periodId }: UnhintedNode,
  { submissionId, unitId }: { readonly submissionId: string; readonly unitId: number },
  hint: StoredHint['hint'],
  sourceSubmissionId: string | null,
): StoredHint {
  return { submissionId, requirementId, periodId, unitId, hint, sourceSubmissionId };
}
