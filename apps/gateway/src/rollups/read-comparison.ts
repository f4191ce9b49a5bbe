import { Injectable } from '@nestjs/common';
import type { ChildrenComparisonView, ComparedRowView, ComparisonView } from '@mach/contracts';
import {
  accumulatorsOf,
  comparePeriods,
  narrowedTo,
  periodsOfColumns,
  type FormDefinition,
  type Indicator,
  type Period,
} from '@mach/domain';
import { ComparisonReads, TargetStore, type NodePeriodRead } from '@mach/persistence';
import { Directory } from '../directory/directory';
import { Reach } from '../directory/reach';
import { ProblemException } from '../problems/problem.exception';
import type { Account } from '../session/account';
import { comparedRow, nodeTargets, targetUnit, type ComparedTable } from './compared-rows';
import { FindRollup, type FoundRollup, type RollupAddress } from './find-rollup';

/**
 * Kỳ này, kỳ trước, luỹ kế, cùng kỳ and the share of the target: of a node, or of the nodes below it. Two statements,
 * one for the figures and one for the targets, however many nodes and indicators there are.
 */
@Injectable()
export class ReadComparison {
  constructor(
    private readonly rollups: FindRollup,
    private readonly directory: Directory,
    private readonly reach: Reach,
    private readonly comparisons: ComparisonReads,
    private readonly targets: TargetStore,
  ) {}

  async ofNode(account: Account, address: RollupAddress): Promise<ComparisonView> {
    const found = await this.rollups.find(account, address);
    const table = await this.table(found, found.form.definition, found.form.definition.indicators);
    const reads = await this.comparisons.ofNode(keyOf(found), found.unit.id, [...table.wanted.values()]);
    const { columns, indicators } = await this.row(table, found, reads);
    return { labels: labelsOf(table), columns, indicators };
  }

  /** `indicator`: the only one to compare; null: all. Throws `resource.notFound` when the form does not ask it. */
  async ofChildren(
    account: Account,
    address: RollupAddress,
    indicator: string | null,
  ): Promise<ChildrenComparisonView> {
    const found = await this.rollups.find(account, address);
    const { definition } = found.form;
    const asked = definition.indicators.filter(({ code }) => code === (indicator ?? code));
    if (asked.length === 0) throw new ProblemException('resource.notFound');
    const needed = indicator === null ? definition : narrowedTo(definition, indicator);
    const table = await this.table(found, needed, asked);
    const reads = await this.comparisons.withChildren(keyOf(found), found.unit.id, [
      ...table.wanted.values(),
    ]);
    const byUnit = new Map<number, NodePeriodRead[]>();
    for (const read of reads) {
      const before = byUnit.get(read.unit.id);
      if (before === undefined) byUnit.set(read.unit.id, [read]);
      else before.push(read);
    }
    const children: ComparedRowView[] = [];
    for (const [unitId, ofUnit] of byUnit) {
      // Reach follows today's tree (ADR 0014).
      if (unitId !== found.unit.id && (await this.reach.sees(account, unitId)))
        children.push(await this.row(table, found, ofUnit));
    }
    return {
      labels: labelsOf(table),
      indicators: asked,
      node: await this.row(table, found, byUnit.get(found.unit.id) ?? []),
      children,
    };
  }

  private async table(
    found: FoundRollup,
    definition: FormDefinition,
    indicators: readonly Indicator[],
  ): Promise<ComparedTable> {
    const { requirement, period, unit } = found;
    const periods = periodsOfColumns(period);
    const all = [
      ...new Map(
        Object.values(periods)
          .flat()
          .map((each) => [each.key, each]),
      ).values(),
    ];
    const units = await this.directory.units();
    const needed = new Set(definition.indicators.map(({ code }) => code));
    const codes = indicators.map(({ code }) => code);
    const below =
      unit.parentId === null ? null : units.subtree(unit.id).flatMap((id) => units.byId(id)?.code ?? []);
    const [opened, forms, held] = await Promise.all([
      this.directory.openedPeriods(all),
      this.rollups.formsFor(requirement, all),
      this.targets.holding(codes, below, period.key),
    ]);
    return {
      period,
      periods,
      compare: comparePeriods(period, definition, (each: Period) => forms.get(each.key) ?? null),
      targets: nodeTargets(indicators, held, period.key),
      shown: indicators,
      wanted: new Map(
        opened.flatMap(({ key, id }) => {
          const form = forms.get(key);
          return form === undefined
            ? []
            : [[key, { id, ...accumulatorsOf(form.definition, needed) }] as const];
        }),
      ),
    };
  }

  private async row(
    table: ComparedTable,
    { unit }: FoundRollup,
    reads: readonly NodePeriodRead[],
  ): Promise<ComparedRowView> {
    const [first, ...others] = reads;
    if (first === undefined) {
      throw new ProblemException('resource.notFound', {
        detail: `${unit.name} không có bảng tổng hợp cho yêu cầu và kỳ này.`,
      });
    }
    return comparedRow(table, [first, ...others], targetUnit(await this.directory.units(), first.unit));
  }
}

function keyOf({ requirement, period }: FoundRollup) {
  return { requirementId: requirement.id, periodId: period.id, asOf: period.endsOn };
}

function labelsOf({ periods }: ComparedTable): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.values(periods).flatMap((each) => each.map(({ key, label }) => [key, label])),
  );
}
