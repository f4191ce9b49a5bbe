import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { FormStore, RollupStore, type RollupTarget } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { DecisionsUnderWay } from '../reports/decisions-under-way';
import { FiguresHint } from './figures-hint';
import { PacedRuns } from './paced-runs';
import { recomputeSeconds } from './recompute-metrics';

const SHORTEST_REST_MS = 50;
/** While reports are being decided, at most a fifth of the time goes into adding up … */
const REST_PER_RUN = 4;
/** … as long as people who watch do not have to wait longer than this between two states. */
const LONGEST_REST_MS = 400;

/**
 * Brings the figures of a requirement and period up to date. Asked for by wake-ups and by the sweep alike;
 * while reports pour in, the same figures are recomputed at a measured pace, so that adding up never starves
 * deciding.
 */
@Injectable()
export class FiguresRecompute {
  private readonly runs = new PacedRuns((tookMs) => this.rest(tookMs));

  constructor(
    private readonly rollups: RollupStore,
    private readonly forms: FormStore,
    private readonly clock: Clock,
    private readonly hint: FiguresHint,
    private readonly underWay: DecisionsUnderWay,
  ) {}

  /** Resolves when everything committed before the call is in the figures. */
  async request({ requirementId, periodId }: RollupTarget): Promise<void> {
    await this.runs.request(`${requirementId}.${String(periodId)}`, () =>
      this.recompute({ requirementId, periodId }),
    );
  }

  /**
   * Ends early when the last report is decided: then nothing is left to give way to, and the total is wanted.
   */
  private async rest(tookMs: number): Promise<void> {
    await delay(SHORTEST_REST_MS);
    await this.underWay.quiet(
      Math.max(0, Math.min(LONGEST_REST_MS, REST_PER_RUN * tookMs) - SHORTEST_REST_MS),
    );
  }

  private async recompute(target: RollupTarget): Promise<void> {
    const finished = recomputeSeconds.startTimer();
    const subject = await this.rollups.subject(target);
    const form = subject === null ? null : await this.forms.compiledVersion(subject.formVersionId);
    if (subject === null || form === null)
      throw new Error(`no requirement ${target.requirementId} with period ${String(target.periodId)}`);
    const units = await this.rollups.recompute(target, form.compiled.ops, this.clock.now());
    finished();
    if (units.length > 0)
      this.hint.send({ requirement: subject.requirementCode, period: subject.periodKey, units });
  }
}
