import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import type { VerificationListView, VerificationView } from '@mach/contracts';
import { type VerificationRun, VerificationStore } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import type { Account } from '../session/account';
import { CurrentAccount } from '../session/current-account.decorator';
import { Roles } from '../session/roles.decorator';

const SHOWN_AT_MOST = 20;

/** Verifications of the stored figures: what the last ones found, and asking for one. The aggregator does them. */
@Controller('verifications')
@Roles('administrator')
export class VerificationsController {
  constructor(
    private readonly verifications: VerificationStore,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(): Promise<VerificationListView> {
    return { items: (await this.verifications.list(SHOWN_AT_MOST)).map(view) };
  }

  /** One that waits or is under way already is not asked for again. */
  @Post()
  @HttpCode(202)
  async ask(@CurrentAccount() account: Account): Promise<VerificationListView> {
    await this.verifications.askFor(account.id, this.clock.now());
    return this.list();
  }
}

function view({ askedAt, startedAt, finishedAt, ...run }: VerificationRun): VerificationView {
  return {
    ...run,
    askedAt: new Date(askedAt).toISOString(),
    startedAt: startedAt === null ? null : new Date(startedAt).toISOString(),
    finishedAt: finishedAt === null ? null : new Date(finishedAt).toISOString(),
  };
}
