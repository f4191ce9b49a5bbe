import { Controller, Get, Query } from '@nestjs/common';
import type { NoticeListView, NoticeView } from '@mach/contracts';
import { NoticeReads, type NoticeRead } from '@mach/persistence';
import { Directory } from '../directory/directory';
import { Reach } from '../directory/reach';
import type { Account } from '../session/account';
import { CurrentAccount } from '../session/current-account.decorator';
import { Roles } from '../session/roles.decorator';
import { cursorOf, NoticeQuery, placeOf } from './notice-query';

/** The reminder ledger (sổ đôn đốc) of the units within reach. */
@Controller('notices')
@Roles('administrator', 'city_office', 'committee')
export class NoticesController {
  constructor(
    private readonly notices: NoticeReads,
    private readonly reach: Reach,
    private readonly directory: Directory,
  ) {}

  /** The newest rows first, page by page. */
  @Get()
  async list(@CurrentAccount() account: Account, @Query() query: NoticeQuery): Promise<NoticeListView> {
    const root = query.unit === undefined ? null : await this.reach.unit(account, query.unit);
    const rows = await this.notices.page({
      unitIds: await this.searched(query.q, await this.reach.unitIds(account, root)),
      obligationId: query.obligation ?? null,
      requirement: query.requirement ?? null,
      period: query.period ?? null,
      step: query.step ?? null,
      state: query.state ?? null,
      after: placeOf(query.cursor),
      limit: query.limit + 1,
    });
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    return {
      items: shown.map(noticeView),
      next: last === undefined || rows.length <= query.limit ? null : cursorOf(last.place),
    };
  }

  /** Of `reachable` (null: every unit) those that `words` find. */
  private async searched(
    words: string | undefined,
    reachable: readonly number[] | null,
  ): Promise<readonly number[] | null> {
    if (words === undefined || words.trim() === '') return reachable;
    const found = (await this.directory.units()).matching(words);
    if (reachable === null) return found;
    const within = new Set(reachable);
    return found.filter((id) => within.has(id));
  }
}

function noticeView(read: NoticeRead): NoticeView {
  const { unit, plannedFor, createdAt } = read;
  return {
    obligationId: read.obligationId,
    unit: { code: unit.code, name: unit.name },
    requirement: read.requirement,
    period: read.period,
    step: read.step,
    contact: read.contact,
    plannedFor: new Date(plannedFor).toISOString(),
    createdAt: new Date(createdAt).toISOString(),
    deliveries: read.deliveries,
  };
}
