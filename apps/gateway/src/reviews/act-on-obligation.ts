import { Injectable } from '@nestjs/common';
import type { ActListView, ObligationDetailView } from '@mach/contracts';
import { mayAct, NOT_YOURS, RECORDED_ACTS, type Instant, type RecordedAct } from '@mach/domain';
import { ReviewReads } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { ObligationDetails } from '../obligations/obligation-details';
import { ProblemException } from '../problems/problem.exception';
import type { Account } from '../session/account';
import { ReadReview } from './read-review';
import { RecordActs } from './record-acts';
import { actView } from './review-views';

/** An act on one report by its id, answered with the report as it then stands, or the problem. */
@Injectable()
export class ActOnObligation {
  constructor(
    private readonly acts: RecordActs,
    private readonly access: ReadReview,
    private readonly details: ObligationDetails,
    private readonly reviews: ReviewReads,
    private readonly clock: Clock,
  ) {}

  async act(account: Account, id: string, act: RecordedAct): Promise<ObligationDetailView> {
    const obligationId = await this.access.obligationId(account, id);
    const [outcome = 'unknown'] = await this.acts.record(account, [{ obligationId, act }]);
    if (outcome === 'unknown') throw new ProblemException('resource.notFound');
    if (outcome !== null) {
      throw new ProblemException(outcome.code === NOT_YOURS ? 'auth.forbidden' : 'act.refused', {
        detail: outcome.message,
        errors: [outcome],
      });
    }
    const read = await this.details.read(obligationId);
    if (read === null) throw new Error('an obligation that was just acted on cannot be read');
    return this.details.show(read);
  }

  /** Grants an extension until `until`; null: until the date that was asked for. */
  async grant(account: Account, id: string, until: Instant | null): Promise<ObligationDetailView> {
    const obligationId = await this.access.obligationId(account, id);
    const asked = until ?? (await this.details.read(obligationId))?.asked?.until;
    // Without a request there is no date, and the machine says that none waits.
    return this.act(account, id, { kind: 'grant_extension', until: asked ?? this.clock.now() });
  }

  async record(account: Account, id: string): Promise<ActListView> {
    const { obligationId, part } = await this.access.party(account, id);
    return {
      items: (await this.reviews.acts(obligationId)).map(actView),
      mine: RECORDED_ACTS.filter((kind) => mayAct(kind, part)),
    };
  }
}
