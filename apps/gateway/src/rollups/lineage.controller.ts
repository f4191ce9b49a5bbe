import { Controller, Get, Param, Query } from '@nestjs/common';
import type { FigureLineageView, ReportLineageView } from '@mach/contracts';
import type { Account } from '../session/account';
import { CurrentAccount } from '../session/current-account.decorator';
import { AnyAccount } from '../session/roles.decorator';
import type { RollupAddress } from './find-rollup';
import { LineageQuery } from './lineage-query';
import { ReadLineage } from './read-lineage';

/** Where figures come from (vì sao con số này), and where reports went. */
@Controller()
@AnyAccount()
export class LineageController {
  constructor(private readonly readLineage: ReadLineage) {}

  @Get('rollups/:requirement/:period/:unit/figures/:indicator')
  figure(
    @CurrentAccount() account: Account,
    @Param() address: RollupAddress & { readonly indicator: string },
    @Query() { after }: LineageQuery,
  ): Promise<FigureLineageView> {
    return this.readLineage.ofFigure(account, address, after ?? null);
  }

  @Get('reports/:receiptNumber/lineage')
  report(
    @CurrentAccount() account: Account,
    @Param('receiptNumber') receiptNumber: string,
  ): Promise<ReportLineageView> {
    return this.readLineage.ofReport(account, receiptNumber);
  }
}
