import { applyDecorators, Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApproveRequest,
  ExemptionRequest,
  ExtensionDecisionRequest,
  ReturnRequest,
  TimeRequest,
  type ActListView,
  type ObligationDetailView,
} from '@mach/contracts';
import type { RecordedAct } from '@mach/domain';
import { refusedField } from '../administration/refusals';
import { BodyLimit } from '../edge/body-limit.decorator';
import type { Account } from '../session/account';
import { CurrentAccount } from '../session/current-account.decorator';
import { AnyAccount, Roles } from '../session/roles.decorator';
import { ActOnObligation } from './act-on-obligation';

/** A form of five hundred figures, each with a reason. */
const RETURN_BYTES = 256 * 1024;
const ACT_BYTES = 8 * 1024;

/** An act of an office above; whether it is this one's to do is the state machine's to say. */
function OfficeAct(path: string, bytes = ACT_BYTES): MethodDecorator {
  return applyDecorators(Post(path), HttpCode(200), Roles('city_office', 'committee'), BodyLimit(bytes));
}

/**
 * Acts on one report (duyệt, trả lại, gia hạn, miễn, mở khóa), and their record. Each answers the report as it
 * stands after it.
 */
@Controller('obligations/:id')
export class ObligationActsController {
  constructor(private readonly acts: ActOnObligation) {}

  @Get('acts')
  @AnyAccount()
  async record(@CurrentAccount() account: Account, @Param('id') id: string): Promise<ActListView> {
    return this.acts.record(account, id);
  }

  @OfficeAct('approval')
  async approve(
    @CurrentAccount() account: Account,
    @Param('id') id: string,
    @Body() { version }: ApproveRequest,
  ): Promise<ObligationDetailView> {
    return this.acts.act(account, id, { kind: 'approve', version });
  }

  @OfficeAct('return', RETURN_BYTES)
  async giveBack(
    @CurrentAccount() account: Account,
    @Param('id') id: string,
    @Body() body: ReturnRequest,
  ): Promise<ObligationDetailView> {
    return this.acts.act(account, id, returnOf(body));
  }

  @Post('extension-requests')
  @HttpCode(200)
  @Roles('committee', 'cell')
  @BodyLimit(ACT_BYTES)
  async askExtension(
    @CurrentAccount() account: Account,
    @Param('id') id: string,
    @Body() { until, reason }: TimeRequest,
  ): Promise<ObligationDetailView> {
    return this.acts.act(account, id, { kind: 'ask_extension', until: Date.parse(until), reason });
  }

  @OfficeAct('extension-requests/decision')
  async decideExtension(
    @CurrentAccount() account: Account,
    @Param('id') id: string,
    @Body() { granted, until, reason }: ExtensionDecisionRequest,
  ): Promise<ObligationDetailView> {
    if (granted) return this.acts.grant(account, id, until === undefined ? null : Date.parse(until));
    if (reason === undefined)
      throw refusedField('/reason', 'act.reasonMissing', 'Cần nêu lý do không gia hạn.');
    return this.acts.act(account, id, { kind: 'refuse_extension', reason });
  }

  @OfficeAct('exemption')
  async exempt(
    @CurrentAccount() account: Account,
    @Param('id') id: string,
    @Body() { exempt, reason }: ExemptionRequest,
  ): Promise<ObligationDetailView> {
    return this.acts.act(account, id, { kind: exempt ? 'exempt' : 'lift_exemption', reason });
  }

  @OfficeAct('unlock')
  async unlock(
    @CurrentAccount() account: Account,
    @Param('id') id: string,
    @Body() { until, reason }: TimeRequest,
  ): Promise<ObligationDetailView> {
    return this.acts.act(account, id, { kind: 'unlock', until: Date.parse(until), reason });
  }
}

/** Of the whole with one reason, or of figures with one each; both at once would leave open what is meant. */
function returnOf({ version, correctBy, reason, figures }: ReturnRequest): RecordedAct {
  const by = Date.parse(correctBy);
  if ((reason === undefined) === (figures === undefined)) {
    throw refusedField(
      '/reason',
      'act.reasonMissing',
      'Cần nêu lý do trả lại cả báo cáo (reason), hoặc các số liệu trả lại kèm lý do (figures).',
    );
  }
  if (figures === undefined) return { kind: 'return', version, reason: reason ?? '', correctBy: by };
  return {
    kind: 'return_figures',
    version,
    figures: Object.fromEntries(figures.map((figure) => [figure.code, figure.reason])),
    correctBy: by,
  };
}
