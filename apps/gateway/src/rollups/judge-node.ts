import {
  knownTargets,
  previousPeriod,
  yearOf,
  type Accumulators,
  type KnownFigures,
  type ReportFacts,
  type RuleFinding,
} from '@mach/domain';
import { ComparisonReads, FactsBesideReports, TargetStore, type NodeReportRead } from '@mach/persistence';
import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/directory';
import { nodeTargets, targetUnit } from './compared-rows';
import { FindRollup, type FoundRollup } from './find-rollup';

/** The figures of a node that are judged, and how far they are complete. */
export interface JudgedNode {
  readonly accumulators: Accumulators;
  readonly accepted: number;
  readonly expected: number;
  /** The reports that it adds up itself, its unit's own among them. */
  readonly reports: readonly NodeReportRead[];
}

/** What a node's figures say against each other, the period before, the targets, and what lies below. */
@Injectable()
export class JudgeNode {
  constructor(
    private readonly rollups: FindRollup,
    private readonly directory: Directory,
    private readonly comparisons: ComparisonReads,
    private readonly targets: TargetStore,
    private readonly beside: FactsBesideReports,
  ) {}

  async contradictions(found: FoundRollup, node: JudgedNode): Promise<readonly RuleFinding[]> {
    const { form, unit } = found;
    const known: ReportFacts = {
      unit: { level: unit.level, kind: unit.kind },
      // While reports are out, being less than before or than a target says nothing.
      ...(node.accepted < node.expected
        ? {}
        : { ...(await this.previous(found, node)), ...(await this.target(found)) }),
    };
    return [
      ...form.contradictions(node.accumulators, node.accepted, known),
      ...(await this.againstBelow(found, node.reports)),
    ];
  }

  /**
   * The same node in the period before, by the form in force then. Only when it was complete too and as many units
   * reported: else it is no measure for the sum.
   */
  private async previous(
    { requirement, period, unit, key, form }: FoundRollup,
    { expected }: JudgedNode,
  ): Promise<{ readonly previous?: KnownFigures }> {
    if (!form.ruleNeeds.has('previous')) return {};
    const [before] = await this.directory.openedPeriods([previousPeriod(period)]);
    const version = before === undefined ? null : await this.rollups.formFor(requirement, before);
    if (before === undefined || version === null) return {};
    const wanted = { id: before.id, first: 0, end: version.compiled.ops.length };
    const [then] = await this.comparisons.ofNode(key, unit.id, [wanted]);
    if (then === undefined || then.accepted < then.expected || then.expected !== expected) return {};
    const sameYear = yearOf(before) === yearOf(period);
    return { previous: version.compiled.knownOfSum(then.accumulators, then.accepted, sameYear) };
  }

  /** Its own targets, else those of all of its children added up. */
  private async target({ period, unit, form }: FoundRollup): Promise<{ readonly target?: KnownFigures }> {
    if (!form.ruleNeeds.has('target')) return {};
    const named = new Set(form.besideRules.flatMap(({ source, ref }) => (source === 'target' ? [ref] : [])));
    const units = await this.directory.units();
    const below =
      unit.parentId === null ? null : units.subtree(unit.id).flatMap((id) => units.byId(id)?.code ?? []);
    const held = await this.targets.holding([...named], below, period.key);
    const asked = form.definition.indicators.filter(({ code }) => named.has(code));
    const chosen = nodeTargets(asked, held, period.key);
    const node = targetUnit(units, unit);
    return {
      target: knownTargets(form.definition, period.key, (code) => {
        const { target, scale } = chosen(code, node);
        const whole = target !== null && (target.kind === 'own' || target.without === 0);
        return whole ? { ...target, scale } : null;
      }),
    };
  }

  /** Whether the unit's own report still agrees with the units below, whose reports may have come or changed since. */
  private async againstBelow(
    { form, formVersionId, unit }: FoundRollup,
    reports: readonly NodeReportRead[],
  ): Promise<readonly RuleFinding[]> {
    const own = form.ruleNeeds.has('children')
      ? reports.find((report) => report.unit.code === unit.code)
      : undefined;
    if (own === undefined || own.figures === null) return [];
    const known = await this.beside.of([{ id: own.obligationId, formVersionId }]);
    return form.contradictedBelow(own.figures, known.get(own.obligationId) ?? {});
  }
}
