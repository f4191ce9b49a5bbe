import { Controller, Get, Param, Query } from '@nestjs/common';
import type { CompiledTextsView } from '@mach/contracts';
import { wordPatterns, type FormDefinition } from '@mach/domain';
import { CompiledTextReads, type TextsAsked } from '@mach/persistence';
import { Reach } from '../directory/reach';
import { ProblemException } from '../problems/problem.exception';
import type { Account } from '../session/account';
import { CurrentAccount } from '../session/current-account.decorator';
import { AnyAccount } from '../session/roles.decorator';
import { CompiledTextsQuery } from './compiled-texts-query';
import { FindRollup } from './find-rollup';

/** What the units of a subtree wrote under one heading of the form, a page at a time. */
@Controller('rollups/:requirement/:period/:unit/texts/:code')
@AnyAccount()
export class CompiledTextsController {
  constructor(
    private readonly rollups: FindRollup,
    private readonly reach: Reach,
    private readonly texts: CompiledTextReads,
  ) {}

  @Get()
  async page(
    @CurrentAccount() account: Account,
    @Param('requirement') requirementCode: string,
    @Param('period') periodKey: string,
    @Param('unit') unitCode: string,
    @Param('code') code: string,
    @Query() query: CompiledTextsQuery,
  ): Promise<CompiledTextsView> {
    const address = { requirement: requirementCode, period: periodKey, unit: unitCode };
    const { requirement, period, unit, form } = await this.rollups.find(account, address);
    const of = kindOf(form.definition, code);
    if (of === null)
      throw new ProblemException('resource.notFound', {
        detail: `Biểu mẫu của kỳ này không có phần lời văn mang mã «${code}».`,
      });
    const rows = await this.texts.page(
      { requirementId: requirement.id, periodId: period.id, asOf: period.endsOn },
      {
        unitId: unit.id,
        code,
        of,
        unitIds: await this.reach.unitIds(account, null),
        patterns: wordPatterns(query.q ?? ''),
        after: query.cursor ?? '',
        limit: query.limit + 1,
      },
    );
    const shown = rows.slice(0, query.limit);
    return {
      items: shown.map(({ receivedAt, ...row }) => ({
        ...row,
        receivedAt: new Date(receivedAt).toISOString(),
      })),
      next: rows.length > query.limit ? (shown.at(-1)?.unit.code ?? null) : null,
    };
  }
}

function kindOf({ narratives, indicators }: FormDefinition, code: string): TextsAsked['of'] | null {
  if (narratives.some((narrative) => narrative.code === code)) return 'narrative';
  return indicators.some((indicator) => indicator.code === code && indicator.type === 'text')
    ? 'indicator'
    : null;
}
