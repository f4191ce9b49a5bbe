import { Controller, Get, Query } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import type { NoticeListView, NoticeView } from '@mach/contracts';
import { NoticeReads, type NoticeRead } from '@mach/persistence';
import { IsCode } from '../directory/is-code.decorator';
import { Reach } from '../directory/reach';
import type { Account } from '../session/account';
import { CurrentAccount } from '../session/current-account.decorator';
import { Roles } from '../session/roles.decorator';

export class NoticeQuery {
  @IsOptional()
  @Matches(/^\d{1,15}$/)
  obligation?: string;

  @IsOptional()
  @IsCode()
  unit?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000)
  limit = 200;
}

/** The reminder ledger (sổ đôn đốc) of the units within reach. */
@Controller('notices')
@Roles('administrator', 'city_office', 'committee')
export class NoticesController {
  constructor(
    private readonly notices: NoticeReads,
    private readonly reach: Reach,
  ) {}

  /** The newest rows first. */
  @Get()
  async list(@CurrentAccount() account: Account, @Query() query: NoticeQuery): Promise<NoticeListView> {
    const root = query.unit === undefined ? null : await this.reach.unit(account, query.unit);
    const rows = await this.notices.list({
      unitIds: await this.reach.unitIds(account, root),
      obligationId: query.obligation === undefined ? null : Number(query.obligation),
      limit: query.limit,
    });
    return { items: rows.map(noticeView) };
  }
}

function noticeView(read: NoticeRead): NoticeView {
  const { code, name } = read.unit;
  return {
    ...read,
    unit: { code, name },
    plannedFor: new Date(read.plannedFor).toISOString(),
    createdAt: new Date(read.createdAt).toISOString(),
  };
}
