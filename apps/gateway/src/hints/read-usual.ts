import { Injectable } from '@nestjs/common';
import type { UsualView } from '@mach/contracts';
import { enoughPeers } from '@mach/domain';
import { FormStore, HintReads, HintWork, YardstickStore } from '@mach/persistence';
import { pastView } from './hint-views';

/** What a report's figures are compared with while they are typed: read by key, nothing is added up for it. */
@Injectable()
export class ReadUsual {
  constructor(
    private readonly hints: HintReads,
    private readonly work: HintWork,
    private readonly yardsticks: YardstickStore,
    private readonly forms: FormStore,
  ) {}

  async read(obligationId: number): Promise<UsualView> {
    const subject = await this.hints.subject(obligationId);
    if (subject === null) return { past: [], peers: {}, newYear: false };
    const { requirementId, periodId, unitId, kind, parentUnitId } = subject;
    const { endsOn, earlier } = await this.work.periods(subject);
    const periodIds = earlier.map(({ id }) => id);
    const [pasts, peers] = await Promise.all([
      this.work.pasts(requirementId, periodIds, [unitId]),
      this.yardsticks.peersOf(requirementId, [periodId, ...periodIds.slice(0, 1)], [kind], [parentUnitId]),
    ]);
    const formOf = await this.forms.compiledForms(pasts.map(({ formVersionId }) => formVersionId));
    const [last] = earlier;
    return {
      past: pasts.map((report) => pastView(formOf(report.formVersionId).hinted, report)),
      peers: enoughPeers(peers, parentUnitId),
      newYear: last !== undefined && last.endsOn.slice(0, 4) !== endsOn.slice(0, 4),
    };
  }
}
