import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ObligationDetailView, ObligationView } from '@mach/contracts';
import { Reach } from '../directory/reach';
import { ProblemException } from '../problems/problem.exception';
import type { Account } from '../session/account';
import { CurrentAccount } from '../session/current-account.decorator';
import { AnyAccount } from '../session/roles.decorator';
import { ObligationDetails } from './obligation-details';
import { ObligationPages } from './obligation-pages';
import { ObligationQuery } from './obligation-query';

/** What the units within reach owe, and the form to meet it with. */
@Controller('obligations')
@AnyAccount()
export class ObligationsController {
  constructor(
    private readonly pages: ObligationPages,
    private readonly details: ObligationDetails,
    private readonly reach: Reach,
  ) {}

  /** An array; when there is more, `Link: <…>; rel="next"` names the next page. */
  @Get()
  async list(
    @CurrentAccount() account: Account,
    @Query() query: ObligationQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly ObligationView[]> {
    const root = query.unit === undefined ? null : await this.reach.unit(account, query.unit);
    const page = await this.pages.page(query, await this.reach.unitIds(account, root));
    if (page.next !== null) {
      const next = new URL(request.url, 'http://gateway');
      next.searchParams.set('cursor', page.next);
      void reply.header('link', `<${next.pathname}${next.search}>; rel="next"`);
    }
    return page.items;
  }

  @Get(':id')
  async detail(@CurrentAccount() account: Account, @Param('id') id: string): Promise<ObligationDetailView> {
    const read = /^\d{1,15}$/.test(id) ? await this.details.read(Number(id)) : null;
    if (read === null) throw new ProblemException('resource.notFound', { detail: 'Không có báo cáo này.' });
    await this.reach.require(account, read.unit.id);
    return this.details.show(read);
  }
}
