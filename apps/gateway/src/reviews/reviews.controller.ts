import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApproveManyRequest,
  type ApprovedManyView,
  type ReviewListView,
  type ReviewView,
} from '@mach/contracts';
import { Directory } from '../directory/directory';
import { BodyLimit } from '../edge/body-limit.decorator';
import { ObligationPages } from '../obligations/obligation-pages';
import type { Account } from '../session/account';
import { CurrentAccount } from '../session/current-account.decorator';
import { Roles } from '../session/roles.decorator';
import { ReadReview } from './read-review';
import { RecordActs } from './record-acts';
import { ReviewQuery } from './review-query';

/** What waits for the account's unit as the superior of others (duyệt báo cáo). */
@Controller('reviews')
@Roles('city_office', 'committee')
export class ReviewsController {
  constructor(
    private readonly pages: ObligationPages,
    private readonly reviews: ReadReview,
    private readonly acts: RecordActs,
    private readonly directory: Directory,
  ) {}

  @Get()
  async list(@CurrentAccount() account: Account, @Query() query: ReviewQuery): Promise<ReviewListView> {
    const asking = query.what === 'extensions';
    if (!asking) query.state ??= ['under_review'];
    const words = query.q?.trim() ?? '';
    const units = words === '' ? null : (await this.directory.units()).matching(words);
    return this.pages.page(query, units, { superiorUnitId: account.unit.id, asking });
  }

  @Get(':id')
  async detail(@CurrentAccount() account: Account, @Param('id') id: string): Promise<ReviewView> {
    return this.reviews.read(account, id);
  }

  /** Each for itself: one that was corrected meanwhile stands in the way of no other. */
  @Post('approvals')
  @HttpCode(200)
  @BodyLimit(32 * 1024)
  async approve(
    @CurrentAccount() account: Account,
    @Body() { items }: ApproveManyRequest,
  ): Promise<ApprovedManyView> {
    const asked = [...new Map(items.map((item) => [Number(item.obligation), item.version]))];
    const outcomes = await this.acts.record(
      account,
      asked.map(([obligationId, version]) => ({ obligationId, act: { kind: 'approve', version } })),
    );
    return {
      items: outcomes.map((outcome, index) => ({
        obligation: String(asked[index]?.[0]),
        refusal: outcome === null ? null : outcome === 'unknown' ? 'Không có báo cáo này.' : outcome.message,
      })),
    };
  }
}
