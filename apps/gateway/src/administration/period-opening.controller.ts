import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { rollupRequested, type PeriodOpenedView } from '@mach/contracts';
import { MessagePublisher } from '@mach/messaging';
import { localDateOf, periodOf, refuseFarDay, type LocalDate, type Period } from '@mach/domain';
import { ObligationOpening, RequirementStore, Transactions } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { ProblemException } from '../problems/problem.exception';
import { Roles } from '../session/roles.decorator';
import { notAPeriod, notFound } from './refusals';

/**
 * Opens a period of a requirement by hand, or again after units were added: then the missing obligations are
 * written.
 */
@Controller('requirements/:code/periods/:key')
@Roles('administrator')
export class PeriodOpeningController {
  constructor(
    private readonly requirements: RequirementStore,
    private readonly opening: ObligationOpening,
    private readonly transactions: Transactions,
    private readonly publisher: MessagePublisher,
    private readonly clock: Clock,
  ) {}

  @Post('open')
  @HttpCode(200)
  async open(@Param('code') code: string, @Param('key') key: string): Promise<PeriodOpenedView> {
    const requirement = await this.requirements.byCode(code);
    if (requirement === null) throw notFound(`Không có yêu cầu báo cáo mang mã «${code}».`);
    requireNearPeriod(periodOf(requirement.periodScheme, key), localDateOf(this.clock.now()));
    const result = await this.transactions.run(
      (tx) => this.opening.open(tx, requirement.id, key, this.clock.now()),
      'opening',
    );
    switch (result.kind) {
      case 'requirementUnknown':
        throw notFound(`Không có yêu cầu báo cáo mang mã «${code}».`);
      case 'periodUnknown':
        throw new ProblemException('period.unknown', {
          detail: notAPeriod(requirement.periodScheme, key, localDateOf(this.clock.now())),
        });
      case 'notActive':
        throw new ProblemException('period.unknown', {
          detail: `Yêu cầu báo cáo này không áp dụng cho kỳ ${key}.`,
        });
      case 'opened': {
        const { period, periodId, created, obligations, nodes } = result;
        // Only to be shown sooner: the nodes are marked, and the aggregator's sweep finds them anyway.
        await this.publisher.wake(
          rollupRequested,
          { requirementId: requirement.id, periodId },
          `${requirement.id}.${String(periodId)}`,
        );
        const { label, startsOn, endsOn } = period;
        return { requirement: code, period: { key, label, startsOn, endsOn }, created, obligations, nodes };
      }
    }
  }
}

/** Obligations are never deleted: those of a month in the year 2126 would stand in every list for ever. */
function requireNearPeriod(period: Period | null, today: LocalDate): void {
  const tooFar = period === null ? null : refuseFarDay(period.endsOn, '', today);
  if (tooFar !== null) throw new ProblemException('period.unknown', { detail: tooFar.message });
}
