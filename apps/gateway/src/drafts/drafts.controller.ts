import { Controller, Delete, Get, HttpCode, Param, Put, Query, Req } from '@nestjs/common';
import type { DraftAnswer, DraftConflict, SavedDraftView } from '@mach/contracts';
import { refuseByWindow } from '@mach/domain';
import { DraftStore } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { BodyLimit } from '../edge/body-limit.decorator';
import type { JsonRequest } from '../edge/body-parser';
import { ProblemException } from '../problems/problem.exception';
import type { Account } from '../session/account';
import { CurrentAccount } from '../session/current-account.decorator';
import { AnyAccount } from '../session/roles.decorator';
import { DraftPace } from './draft-pace';
import { DraftQuery } from './draft-query';
import { draftView } from './draft-views';
import { ObligationsToReport } from './obligation-to-report';
import { readDraft } from './read-draft';

/** As a report's, which its draft becomes. */
const DRAFT_BYTES = 256 * 1024;

/** What stands unsent in the fields of a report, for those who may send it. */
@Controller('obligations/:id/draft')
@AnyAccount()
export class DraftsController {
  constructor(
    private readonly drafts: DraftStore,
    private readonly obligations: ObligationsToReport,
    private readonly pace: DraftPace,
    private readonly clock: Clock,
  ) {}

  @Get()
  async read(@CurrentAccount() account: Account, @Param('id') id: string): Promise<DraftAnswer> {
    const obligation = await this.obligations.find(account, id);
    const draft = await this.drafts.newest(obligation.id);
    return { draft: draft === null ? null : draftView(draft) };
  }

  /** Saves what is typed, while a report would be taken in; nothing is checked but its shape. */
  @Put()
  @BodyLimit(DRAFT_BYTES)
  async save(
    @CurrentAccount() account: Account,
    @Param('id') id: string,
    @Req() request: JsonRequest,
  ): Promise<SavedDraftView> {
    this.pace.take(account, request.rawBody?.length ?? 0);
    const { basedOn, formVersion, startedFrom, entry } = readDraft(request.body);
    const obligation = await this.obligations.find(account, id);
    const savedAt = this.clock.now();
    const refused = refuseByWindow(obligation, savedAt);
    if (refused !== null)
      throw new ProblemException(refused.code, { detail: refused.message, errors: [refused] });
    const saved = await this.drafts.save({
      obligationId: obligation.id,
      accountId: account.id,
      savedAt,
      formVersion,
      startedFrom,
      entry,
      basedOn,
    });
    if (saved.kind === 'saved') return { version: saved.version, savedAt: new Date(savedAt).toISOString() };
    const { current, base } = saved;
    throw baseChanged({ current: current === null ? null : draftView(current), yours: entry, base });
  }

  /** Throws away the version that `basedOn` names, unless it is not the newest any more. */
  @Delete()
  @HttpCode(204)
  async discard(
    @CurrentAccount() account: Account,
    @Param('id') id: string,
    @Query() { basedOn }: DraftQuery,
  ): Promise<void> {
    const obligation = await this.obligations.find(account, id);
    if (await this.drafts.close(obligation.id, basedOn)) return;
    throw new ProblemException('draft.baseChanged');
  }
}

function baseChanged(draft: DraftConflict): ProblemException {
  return new ProblemException('draft.baseChanged', { members: { draft } });
}
