import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import {
  AmendIndicatorRequest,
  CreateIndicatorRequest,
  type IndicatorDetailView,
  type IndicatorListView,
  type IndicatorView,
} from '@mach/contracts';
import { checkCatalogueIndicator, refuseAmendment, type CatalogueIndicator, type Reason } from '@mach/domain';
import { IndicatorStore, TargetStore, Transactions, type StoredIndicator } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { notFound, refused, requireBase, taken } from '../administration/refusals';
import type { Account } from '../session/account';
import { CurrentAccount } from '../session/current-account.decorator';
import { Roles } from '../session/roles.decorator';
import { IndicatorQuery } from './indicator-query';
import { targetView } from './indicator-targets.controller';

/** The catalogue of indicators (danh mục chỉ tiêu) that all forms share. */
@Controller('indicators')
@Roles('administrator', 'city_office', 'committee')
export class IndicatorsController {
  constructor(
    private readonly indicators: IndicatorStore,
    private readonly targets: TargetStore,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Query() query: IndicatorQuery): Promise<IndicatorListView> {
    const rows = await this.indicators.page({
      words: query.q ?? null,
      type: query.type ?? null,
      after: query.cursor ?? null,
      limit: query.limit + 1,
    });
    const shown = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? shown.at(-1) : undefined;
    return { items: shown.map(view), next: last?.content.code ?? null };
  }

  @Get(':code')
  async one(@Param('code') code: string): Promise<IndicatorDetailView> {
    const [stored, askedBy, targets, amendments] = await Promise.all([
      this.indicators.byCode(code),
      this.indicators.askedBy(code),
      this.targets.ofIndicator(code),
      this.indicators.amendments(code),
    ]);
    if (stored === null) throw unknown(code);
    return {
      ...view(stored),
      askedBy,
      targets: targets.map(targetView),
      amendments: amendments.map(({ amendedAt, amendedBy, reason, was }) => ({
        amendedAt: new Date(amendedAt).toISOString(),
        amendedBy,
        reason,
        was,
      })),
    };
  }

  @Post()
  @Roles('administrator')
  async create(@Body() body: CreateIndicatorRequest): Promise<IndicatorDetailView> {
    const content = checked(body);
    const created = await this.transactions.run((tx) =>
      this.indicators.create(tx, content, this.clock.now()),
    );
    if (!created) throw taken('/indicator/code', `Mã chỉ tiêu «${content.code}» đã được dùng.`);
    return this.one(content.code);
  }

  /** Once a published form asks for it, only its words may change: its figures stay what they are. */
  @Put(':code')
  @Roles('administrator')
  async amend(
    @CurrentAccount() account: Account,
    @Param('code') code: string,
    @Body() body: AmendIndicatorRequest,
  ): Promise<IndicatorDetailView> {
    const content = checked(body);
    const refusal = await this.transactions.run(async (tx): Promise<readonly Reason[]> => {
      const stored = await this.indicators.lock(tx, code);
      if (stored === null) throw unknown(code);
      requireBase(body.basedOn, stored.amendedAt);
      const was = stored.content;
      if (content.code !== code) return [codeChanged(code)];
      const used = (await this.indicators.askedBy(code, tx)).length > 0;
      const reasons = used ? refuseAmendment(was, content, '/indicator') : [];
      if (reasons.length > 0) return reasons;
      const { reason } = body;
      await this.indicators.amend(tx, { was, content, reason, accountId: account.id, now: this.clock.now() });
      return [];
    });
    if (refusal.length > 0) throw refused(refusal);
    return this.one(code);
  }
}

function checked({ indicator }: CreateIndicatorRequest): CatalogueIndicator {
  const result = checkCatalogueIndicator(indicator, '/indicator');
  if (!result.ok) throw refused(result.reasons);
  return result.indicator;
}

function codeChanged(code: string): Reason {
  const message = `Mã của chỉ tiêu không đổi được; đang sửa chỉ tiêu «${code}».`;
  return { pointer: '/indicator/code', code: 'indicator.fixed', message };
}

function unknown(code: string) {
  return notFound(`Danh mục không có chỉ tiêu mang mã «${code}».`);
}

function view({ content, createdAt, amendedAt }: StoredIndicator): IndicatorView {
  return {
    indicator: content,
    createdAt: new Date(createdAt).toISOString(),
    amendedAt: amendedAt === null ? null : new Date(amendedAt).toISOString(),
  };
}
