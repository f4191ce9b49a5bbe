import { Injectable } from '@nestjs/common';
import { FormStore, RollupStore, type RollupTarget } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { FiguresHint } from './figures-hint';
import { PacedRuns } from './paced-runs';
import { recomputeSeconds } from './recompute-metrics';

/**
 * Brings the figures of a requirement and period up to date. Asked for by wake-ups and by the sweep alike; while reports pour in, the same
 * figures are recomputed at a measured pace, so that adding up never starves deciding.
 */
@Injectable()
export class FiguresRecompute {
  private readonly runs = new PacedRuns();

  constructor(
    private readonly rollups: RollupStore,
    private readonly forms: FormStore,
    private readonly clock: Clock,
    private readonly hint: FiguresHint,
  ) {}

  /** Resolves when everything committed before the call is in the figures. */
  async request({ requirementId, periodId }: RollupTarget): Promise<void> {
    await this.runs.request(`${requirementId}.${String(periodId)}`, () => this.recompute({ requirementId, periodId }));
  }

  private async recompute(target: RollupTarget): Promise<void> {
    const finished = recomputeSeconds.startTimer();
    const subject = await this.rollups.subject(target);
    const form = subject === null ? null : await this.forms.compiledVersion(subject.formVersionId);
    if (subject === null || form === null) throw new Error(`no requirement ${target.requirementId} with period ${String(target.periodId)}`);
    const units = await this.rollups.recompute(target, form.compiled.ops, this.clock.now());
    finished();
    if (units.length > 0) this.hint.send({ requirement: subject.requirementCode, period: subject.periodKey, units });
  }
}
