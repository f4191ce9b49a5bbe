import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { GoOnToFormRequest, type RequirementAdministrationView } from '@mach/contracts';
import { formInForce, localDateOf, periodOf, type LocalDate } from '@mach/domain';
import { FormStore, RequirementStore, Transactions } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { ProblemException } from '../problems/problem.exception';
import { Roles } from '../session/roles.decorator';
import { notAPeriod, notFound, refusedField } from './refusals';
import { requirementView } from './requirements.controller';

/**
 * Lets a requirement go on to a later version of its form. What is opened stays on the version it was opened with, so
 * a version takes effect only in a period that is not opened yet.
 */
@Controller('requirements/:code/forms')
@Roles('administrator')
export class RequirementFormsController {
  constructor(
    private readonly requirements: RequirementStore,
    private readonly forms: FormStore,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(200)
  async goOn(
    @Param('code') code: string,
    @Body() body: GoOnToFormRequest,
  ): Promise<RequirementAdministrationView> {
    const requirement = await this.requirements.summary(code);
    if (requirement === null) throw notFound(`Không có yêu cầu báo cáo mang mã «${code}».`);
    const period = periodOf(requirement.periodScheme, body.from);
    if (period === null)
      throw refusedField(
        '/from',
        'period.unknown',
        notAPeriod(requirement.periodScheme, body.from, localDateOf(this.clock.now())),
      );
    const form = await this.forms.byCode(requirement.formCode);
    const version = form?.versions.find((each) => each.version === body.version);
    if (version === undefined) {
      const message = `Biểu mẫu ${requirement.formCode} không có phiên bản ${String(body.version)}.`;
      throw refusedField('/version', 'form.versionUnknown', message);
    }
    const { id } = requirement;
    const opened = await this.transactions.run(async (tx): Promise<LocalDate | null> => {
      const last = await this.requirements.lastOpenedStart(tx, id);
      if (last !== null && period.startsOn <= last) return last;
      // Read under the lock that setting a version takes.
      const standing = formInForce((await this.requirements.summary(code, tx))?.forms ?? [], period.startsOn);
      if (body.basedOn !== undefined && standing?.version !== body.basedOn)
        throw new ProblemException('reference.baseChanged');
      const later = { requirementId: id, effectiveFrom: period.startsOn, formVersionId: version.id };
      await this.requirements.goOnTo(tx, later);
      return null;
    });
    if (opened !== null)
      throw refusedField(
        '/from',
        'form.periodOpened',
        `${period.label} hoặc một kỳ sau đó đã mở, vẫn dùng phiên bản đã phát hành khi mở kỳ. Đề nghị chọn kỳ chưa mở.`,
      );
    const renewed = await this.requirements.summary(code);
    if (renewed === null) throw new Error('a requirement that was just written cannot be read');
    return requirementView(renewed);
  }
}
