import { Injectable } from '@nestjs/common';
import type { ReviewView } from '@mach/contracts';
import { changedIndicators, mayAct, partOf, type CompiledForm, type Part } from '@mach/domain';
import { FormStore, ObligationReads, ReviewReads, type VersionRead } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { Reach } from '../directory/reach';
import { formView, obligationView } from '../obligations/obligation-views';
import { ProblemException } from '../problems/problem.exception';
import type { Account } from '../session/account';
import { actView, versionView } from './review-views';

/** One report as its reviewer sees it: beside its last version, and beside the period before. */
@Injectable()
export class ReadReview {
  constructor(
    private readonly obligations: ObligationReads,
    private readonly reviews: ReviewReads,
    private readonly forms: FormStore,
    private readonly reach: Reach,
    private readonly clock: Clock,
  ) {}

  /** The obligation that an address names. Throws unless the account may see its report. */
  async obligationId(account: Account, id: string): Promise<number> {
    return (await this.party(account, id)).obligationId;
  }

  /** The same, and the part that the account has in it. */
  async party(account: Account, id: string): Promise<{ readonly obligationId: number; readonly part: Part }> {
    const parties = /^\d{1,15}$/.test(id) ? await this.reviews.parties(Number(id)) : null;
    if (parties === null)
      throw new ProblemException('resource.notFound', { detail: 'Không có báo cáo này.' });
    await this.reach.requireReport(account, parties);
    return {
      obligationId: Number(id),
      part: partOf({ role: account.role, unitId: account.unit.id }, parties),
    };
  }

  async read(account: Account, id: string): Promise<ReviewView> {
    const { obligationId, part } = await this.party(account, id);
    const [read, versions, lastPeriod, acts] = await Promise.all([
      this.obligations.detail(obligationId),
      this.reviews.versions(obligationId),
      this.reviews.lastPeriod(obligationId),
      this.reviews.acts(obligationId),
    ]);
    if (read === null) throw new ProblemException('resource.notFound');
    const [newest, before] = versions;
    const counting = newest?.counts === true ? newest : null;
    const earlier = counting === null ? newest : before;
    const shown = async (version: VersionRead | null | undefined) =>
      version === null || version === undefined
        ? null
        : versionView(version, await this.form(version.formVersionId));
    return {
      ...obligationView(read, this.clock.now()),
      ...formView(read),
      counting: await shown(counting),
      before: await shown(earlier),
      lastPeriod:
        lastPeriod === null
          ? null
          : {
              label: lastPeriod.label,
              figures: (await this.form(lastPeriod.formVersionId)).show(lastPeriod.figures),
              narratives: lastPeriod.payload.narratives,
            },
      changed:
        counting === null || earlier === undefined
          ? []
          : changedIndicators(await this.form(counting.formVersionId), counting, earlier),
      acts: acts.map(actView),
      mayReview: mayAct('approve', part),
    };
  }

  private async form(formVersionId: string): Promise<CompiledForm> {
    const form = await this.forms.compiledVersion(formVersionId);
    if (form === null) throw new Error(`form version ${formVersionId} does not exist`);
    return form.compiled;
  }
}
