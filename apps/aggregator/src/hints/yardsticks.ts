import { setImmediate as breathe } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import {
  boilerplateOf,
  narrativeText,
  numbersFor,
  peerSpreads,
  type NumbersByRef,
  type SampledNarrative,
} from '@mach/domain';
import {
  FormStore,
  HintWork,
  YardstickStore,
  type CountingFigures,
  type HintPeriods,
  type Peers,
  type RollupTarget,
  type Yardstick,
} from '@mach/persistence';
import { Clock } from '@mach/runtime';

/** With fewer reports nobody knows what is usual, nor what everybody writes. */
export const FEWEST_REPORTS = 8;
/** From then on, drawn anew when there are so many times more: all drawing together costs a third of the last. */
const GROWTH = 4;
/** Reports whose figures are taken in; a whole country's would only say the same with more memory. */
const REPORTS_AT_MOST = 20_000;
const PAGE = 1_000;
/** Narratives that boilerplate is looked for in. */
const SAMPLE = 480;
/** For figures of a unit without a parent. */
const CITY = 0;

/** Draws up what reports are measured by: what is usual among units of a kind, and what most of them write. */
@Injectable()
export class Yardsticks {
  constructor(
    private readonly work: HintWork,
    private readonly yardsticks: YardstickStore,
    private readonly forms: FormStore,
    private readonly clock: Clock,
  ) {}

  /** The yardstick of this period, drawn (anew) when it is time for it. */
  async current(target: RollupTarget, periods: HintPeriods): Promise<Yardstick> {
    const known = await this.yardsticks.read(target);
    const { reports } = periods;
    if (known !== null && !isOutgrown(known, reports)) return known;
    const compared = [target.periodId, ...periods.earlier.slice(0, 1).map(({ id }) => id)];
    const drawn = {
      reports,
      boilerplate: await this.boilerplate(target.requirementId, compared),
      peers: await this.peers(target.requirementId, compared),
      drawnAt: this.clock.now(),
    };
    await this.yardsticks.draw(target, known?.no ?? 0, drawn, compared);
    const now = await this.yardsticks.read(target);
    if (now === null) throw new Error(`the yardstick of ${target.requirementId} was not drawn`);
    return now;
  }

  private async boilerplate(
    requirementId: string,
    periodIds: readonly number[],
  ): Promise<Yardstick['boilerplate']> {
    const samples = new Map<string, SampledNarrative[]>();
    for (const { group, narratives } of await this.work.sample(requirementId, periodIds, SAMPLE)) {
      for (const [narrative, text] of Object.entries(narratives))
        samples.set(narrative, [...(samples.get(narrative) ?? []), { group, text: narrativeText(text) }]);
      await breathe();
    }
    return Object.fromEntries(
      [...samples].map(([narrative, sample]) => [narrative, [...boilerplateOf(sample)]]),
    );
  }

  private async peers(requirementId: string, periodIds: readonly number[]): Promise<Peers[]> {
    const groups = new Map<string, { kind: string; parentUnitId: number; numbers: NumbersByRef[] }>();
    let newest: CountingFigures | null = null;
    let taken = 0;
    for (const periodId of periodIds) {
      for (let after = 0; taken < REPORTS_AT_MOST;) {
        const page = await this.work.figuresOf({ requirementId, periodId }, after, PAGE);
        const last = page.at(-1);
        if (last === undefined) break;
        newest ??= last;
        await this.addTo(groups, page, newest);
        after = last.unitId;
        taken += page.length;
      }
    }
    if (newest === null) return [];
    const figures = await this.figuresOf(newest);
    const peers: Peers[] = [];
    for (const { kind, parentUnitId, numbers } of groups.values()) {
      // A figure at a time, so that decisions are not kept waiting for a sort of thousands.
      const spreads: Peers['figures'][] = [];
      for (const figure of figures) {
        spreads.push(peerSpreads([figure], numbers));
        await breathe();
      }
      peers.push({ kind, parentUnitId, figures: Object.assign({}, ...spreads) as Peers['figures'] });
    }
    return peers;
  }

  private async addTo(
    groups: Map<string, { kind: string; parentUnitId: number; numbers: NumbersByRef[] }>,
    page: readonly CountingFigures[],
    newest: CountingFigures,
  ): Promise<void> {
    const to = await this.figuresOf(newest);
    for (const report of page) {
      const numbers = numbersFor(to, await this.figuresOf(report), report.figures);
      for (const parentUnitId of new Set([report.parentUnitId, CITY])) {
        const key = `${report.kind} ${String(parentUnitId)}`;
        const group = groups.get(key) ?? { kind: report.kind, parentUnitId, numbers: [] };
        group.numbers.push(numbers);
        groups.set(key, group);
      }
    }
  }

  private async figuresOf({ formVersionId }: CountingFigures) {
    return (await this.forms.compiledForms([formVersionId]))(formVersionId).hinted;
  }
}

function isOutgrown(known: Yardstick, reports: number): boolean {
  if (reports < FEWEST_REPORTS) return false;
  return known.reports < FEWEST_REPORTS || reports >= GROWTH * known.reports;
}
