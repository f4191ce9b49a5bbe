import { Controller, Delete, HttpCode, Param, Put } from '@nestjs/common';
import type { PresenceView } from '@mach/contracts';
import { PresenceBoard } from '@mach/messaging';
import { DraftStore } from '@mach/persistence';
import { Clock, SystemClock } from '@mach/runtime';
import { ProblemException } from '../problems/problem.exception';
import type { Account } from '../session/account';
import { CurrentAccount } from '../session/current-account.decorator';
import { AnyAccount } from '../session/roles.decorator';
import { draftMark } from './draft-views';
import { ObligationsToReport, type ObligationToReport } from './obligation-to-report';

/** What a window calls itself. */
const PAGE = /^[A-Za-z0-9-]{8,40}$/;

/** Who has a report open to fill it in. Asked every few seconds by each window, so it costs two reads by key. */
@Controller('obligations/:id/presence/:page')
@AnyAccount()
export class PresenceController {
  constructor(
    private readonly board: PresenceBoard,
    private readonly drafts: DraftStore,
    private readonly obligations: ObligationsToReport,
    private readonly clock: Clock,
    private readonly realTime: SystemClock,
  ) {}

  @Put()
  async announce(
    @CurrentAccount() account: Account,
    @Param('id') id: string,
    @Param('page') page: string,
  ): Promise<PresenceView> {
    const obligation = await this.open(account, id, page);
    const who = { page, accountId: account.id, name: account.displayName, since: this.clock.now() };
    const [others, draft] = await Promise.all([
      this.board.announce(topicOf(obligation), who, this.realTime.now()),
      this.drafts.trace(obligation.id),
    ]);
    return {
      others: others.map(({ name, accountId, since }) => ({
        name,
        own: accountId === account.id,
        since: new Date(since).toISOString(),
      })),
      draft:
        draft === null
          ? null
          : { ...draftMark(draft), open: draft.open, own: draft.accountId === account.id },
    };
  }

  @Delete()
  @HttpCode(204)
  async leave(
    @CurrentAccount() account: Account,
    @Param('id') id: string,
    @Param('page') page: string,
  ): Promise<void> {
    const obligation = await this.open(account, id, page);
    await this.board.leave(topicOf(obligation), page, account.id);
  }

  private async open(account: Account, id: string, page: string): Promise<ObligationToReport> {
    if (!PAGE.test(page)) throw new ProblemException('resource.notFound');
    return this.obligations.find(account, id);
  }
}

function topicOf({ id }: ObligationToReport): string {
  return `report:${String(id)}`;
}
