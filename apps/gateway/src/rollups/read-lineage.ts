import type { FigureLineageView, FigurePartView, ReportLineageView } from '@mach/contracts';
import { readReceiptNumber, type Accumulators, type CompiledForm, type FigureValue } from '@mach/domain';
import { FormStore, LineageReads, ReviewReads, type NodePartRead } from '@mach/persistence';
import { Injectable } from '@nestjs/common';
import { Reach } from '../directory/reach';
import { ProblemException } from '../problems/problem.exception';
import { actView } from '../reviews/review-views';
import type { Account } from '../session/account';
import { FindRollup, type RollupAddress } from './find-rollup';
import { afterOf, cursorOf } from './lineage-query';

const PAGE = 50;

/** Why a figure is what it is, down to the reports, and which totals a report entered. */
@Injectable()
export class ReadLineage {
  constructor(
    private readonly finding: FindRollup,
    private readonly reach: Reach,
    private readonly lineage: LineageReads,
    private readonly reviews: ReviewReads,
    private readonly forms: FormStore,
  ) {}

  /** Throws `resource.notFound` or `auth.forbidden`. */
  async ofFigure(
    account: Account,
    address: RollupAddress & { readonly indicator: string },
    cursor: string | null,
  ): Promise<FigureLineageView> {
    const { requirement, period, unit, form } = await this.finding.find(account, address);
    const indicator = form.definition.indicators.find(({ code }) => code === address.indicator);
    if (indicator === undefined) throw new ProblemException('resource.notFound');
    const read = await this.lineage.parts(
      { requirementId: requirement.id, periodId: period.id, asOf: period.endsOn },
      unit.id,
      {
        ops: form.ops,
        size: form.sizeOf(indicator.code),
        reachable: await this.reach.unitIds(account, null),
        after: afterOf(cursor),
        limit: PAGE,
      },
    );
    if (read === null) throw new ProblemException('resource.notFound');
    const finish = (accumulators: Accumulators): FigureValue => finished(form, indicator.code, accumulators);
    const last = read.parts.at(-1);
    return {
      requirement: { code: requirement.code, title: requirement.title },
      period: { key: period.key, label: period.label },
      unit: { code: unit.code, name: unit.name },
      indicator,
      figure: finish(read.accumulators),
      adds: read.adds,
      parts: read.parts.map((part) => partView(part, finish)),
      rest:
        read.rest.count === 0 || last === undefined
          ? null
          : { parts: read.rest.count, figure: finish(read.rest.accumulators), after: cursorOf(last) },
      outOfReach: read.outOfReach,
    };
  }

  /** Throws `resource.notFound` or `auth.forbidden`. */
  async ofReport(account: Account, typed: string): Promise<ReportLineageView> {
    const number = readReceiptNumber(typed);
    const read = number === null ? null : await this.lineage.report(number);
    if (read === null)
      throw new ProblemException('resource.notFound', { detail: 'Không có phiếu tiếp nhận mang số này.' });
    await this.reach.require(account, read.unit.id);
    const form = await this.forms.compiledVersion(read.formVersionId);
    if (form === null) throw new Error(`the form version of ${read.receiptNumber} does not exist`);
    const { definition } = form.compiled;
    return {
      receiptNumber: read.receiptNumber,
      requirement: read.requirement,
      period: read.period,
      unit: { code: read.unit.code, name: read.unit.name },
      state: read.state,
      version: read.version,
      receivedAt: new Date(read.receivedAt).toISOString(),
      decidedAt: read.decidedAt === null ? null : new Date(read.decidedAt).toISOString(),
      sentBy: read.sentBy,
      exempt: read.exempt,
      counts: read.counting && !read.exempt,
      givenBack: read.givenBack,
      indicators: definition.indicators,
      sent: read.sent,
      figures: read.figures === null ? null : form.compiled.show(read.figures),
      acts: (await this.reviews.acts(read.obligationId)).map(actView),
      totals: read.nodes.map(({ code, name, waits }) => ({ code, name, waiting: waits })),
    };
  }
}

/** One figure of a node; one that was never added up has none. */
function finished(form: CompiledForm, code: string, accumulators: Accumulators): FigureValue {
  const figure = form
    .finish(accumulators.length === 0 ? form.ops.map(() => null) : accumulators)
    .find((each) => each.code === code);
  if (figure === undefined) throw new Error(`the form has no figure ${code}`);
  return figure;
}

function partView(
  { unit, accumulators, reports, report }: NodePartRead,
  finish: (accumulators: Accumulators) => FigureValue,
): FigurePartView {
  return {
    unit,
    figure: finish(accumulators),
    reports,
    report: report === null ? null : { ...report, receivedAt: new Date(report.receivedAt).toISOString() },
  };
}
