import type { Accumulators, CompiledForm, FigureView } from '@mach/domain';
import { Injectable } from '@nestjs/common';
import type { RollupRowView, RollupView } from '@mach/contracts';
import { RollupReads, type RollupNodeRead } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { Reach } from '../directory/reach';
import type { Account } from '../session/account';
import { FindRollup, withoutNode, type RollupAddress } from './find-rollup';
import { JudgeNode } from './judge-node';
import { NodeTree } from './node-tree';
import { reportRow, rollupRow } from './rollup-rows';

/** A roll-up (tổng hợp) as one unit sees it: its figures, its children, and the reports it adds up itself. */
@Injectable()
export class ReadRollup {
  constructor(
    private readonly finding: FindRollup,
    private readonly reach: Reach,
    private readonly rollups: RollupReads,
    private readonly judging: JudgeNode,
    private readonly clock: Clock,
  ) {}

  async read(account: Account, address: RollupAddress, view: FigureView): Promise<RollupView> {
    const found = await this.finding.find(account, address);
    const { requirement, period, unit, key, form } = found;
    const now = this.clock.now();
    const [{ nodes, figures }, overdue, own, reports] = await Promise.all([
      this.rollups.nodes(key, unit.id),
      this.rollups.overdueByNode(key, now),
      this.rollups.ownStandings(key, unit.id),
      this.rollups.reports(key, unit.id),
    ]);
    const tree = new NodeTree(nodes, overdue);
    const node = tree.node(unit.id);
    if (node === undefined || figures === null) throw withoutNode(unit);
    const row = (one: RollupNodeRead): RollupRowView => rollupRow(one, tree, own.get(one.unitId), now);
    // Reach follows today's tree (ADR 0014): the total keeps a unit that has moved away, its own row is not shown.
    const within = await this.reach.amongMany(account);
    const reached = (one: { readonly unit: { readonly code: string } }): boolean => within(one.unit.code);
    const shown = accumulatorsIn(form, figures[view]);
    const provisional = accumulatorsIn(form, figures.provisional);
    const path = tree.pathTo(unit.id).filter(reached);
    return {
      requirement: { code: requirement.code, title: requirement.title },
      plan: requirement.plan,
      period: { key: period.key, label: period.label, startsOn: period.startsOn, endsOn: period.endsOn },
      readAt: new Date(now).toISOString(),
      node: row(node),
      path: path.map((above) => ({ code: above.unit.code, name: above.unit.name })),
      indicators: form.definition.indicators,
      view,
      figures: form.finish(shown),
      provisional: sameFigures(shown, provisional) ? null : form.finish(provisional),
      approvalAsked: requirement.approvalAsked,
      narratives: form.definition.narratives,
      contradictions: await this.judging.contradictions(found, {
        accumulators: shown,
        accepted:
          view === 'approved' && requirement.approvalAsked ? node.counts.approved : node.counts.accepted,
        expected: node.counts.expected,
        reports,
      }),
      children: tree.childrenOf(unit.id).filter(reached).map(row),
      reports: reports.filter(reached).map((report) => reportRow(report, form, now)),
    };
  }
}

/** A node that was never computed has no accumulators yet. */
function accumulatorsIn({ ops }: CompiledForm, accumulators: Accumulators | null): Accumulators {
  return ops.map((_, slot) => accumulators?.[slot] ?? null);
}

function sameFigures(a: Accumulators, b: Accumulators): boolean {
  return a.every((value, slot) => value === b[slot]);
}
