import { Controller, Get, Param } from '@nestjs/common';
import type { HintedReportsView, ReportHintsView, UsualView } from '@mach/contracts';
import { HintReads } from '@mach/persistence';
import { Directory } from '../directory/directory';
import { Reach } from '../directory/reach';
import { ProblemException } from '../problems/problem.exception';
import type { Account } from '../session/account';
import { CurrentAccount } from '../session/current-account.decorator';
import { AnyAccount } from '../session/roles.decorator';
import { hintedReportsView, hintView } from './hint-views';
import { ReadUsual } from './read-usual';

const SHOWN_AT_MOST = 50;

/** What is strange about reports within reach (lưu ý), and what tells it. */
@Controller()
@AnyAccount()
export class HintsController {
  constructor(
    private readonly hints: HintReads,
    private readonly usual: ReadUsual,
    private readonly directory: Directory,
    private readonly reach: Reach,
  ) {}

  @Get('obligations/:id/hints')
  async ofReport(@CurrentAccount() account: Account, @Param('id') id: string): Promise<ReportHintsView> {
    const reads = await this.hints.ofObligation(await this.within(account, id));
    const hints = await Promise.all(
      reads.map(async (read) =>
        hintView(read, read.source !== null && (await this.reach.sees(account, read.source.unitId))),
      ),
    );
    return { hints };
  }

  @Get('obligations/:id/usual')
  async usualOf(@CurrentAccount() account: Account, @Param('id') id: string): Promise<UsualView> {
    return this.usual.read(await this.within(account, id));
  }

  @Get('rollups/:requirement/:period/:unit/hints')
  async below(
    @CurrentAccount() account: Account,
    @Param('requirement') requirementCode: string,
    @Param('period') periodKey: string,
    @Param('unit') unitCode: string,
  ): Promise<HintedReportsView> {
    const requirement = await this.directory.requirement(requirementCode);
    if (requirement === null) throw new ProblemException('requirement.unknown');
    const period = await this.directory.period(requirement.periodScheme, periodKey);
    if (period === null) throw new ProblemException('period.unknown');
    const unit = await this.reach.unit(account, unitCode);
    const unitIds = unit.parentId === null ? null : (await this.directory.units()).subtree(unit.id);
    const target = { requirementId: requirement.id, periodId: period.id };
    return hintedReportsView(await this.hints.hinted(target, unitIds, SHOWN_AT_MOST));
  }

  /** The obligation's id, when its unit is within reach. */
  private async within(account: Account, id: string): Promise<number> {
    const subject = /^\d{1,15}$/.test(id) ? await this.hints.subject(Number(id)) : null;
    if (subject === null)
      throw new ProblemException('resource.notFound', { detail: 'Không có báo cáo này.' });
    await this.reach.require(account, subject.unitId);
    return Number(id);
  }
}
