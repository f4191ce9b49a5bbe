import { Controller, Get, Param, Query } from '@nestjs/common';
import type { ChildrenComparisonView, ComparisonView, RollupView, WatchListView } from '@mach/contracts';
import { formInForce } from '@mach/domain';
import { RollupReads } from '@mach/persistence';
import { Directory } from '../directory/directory';
import type { Account } from '../session/account';
import { CurrentAccount } from '../session/current-account.decorator';
import { AnyAccount } from '../session/roles.decorator';
import { ComparisonQuery } from './comparison-query';
import type { RollupAddress } from './find-rollup';
import { ReadComparison } from './read-comparison';
import { ReadRollup } from './read-rollup';
import { RollupQuery } from './rollup-query';

type WatchItem = WatchListView['items'][number];

/** The figures of a subtree, and which there are to watch. */
@Controller()
@AnyAccount()
export class RollupsController {
  constructor(
    private readonly readRollup: ReadRollup,
    private readonly readComparison: ReadComparison,
    private readonly rollups: RollupReads,
    private readonly directory: Directory,
  ) {}

  @Get('rollups/:requirement/:period/:unit')
  rollup(
    @CurrentAccount() account: Account,
    @Param() address: RollupAddress,
    @Query() { view }: RollupQuery,
  ): Promise<RollupView> {
    return this.readRollup.read(account, address, view);
  }

  @Get('rollups/:requirement/:period/:unit/comparison')
  comparison(@CurrentAccount() account: Account, @Param() address: RollupAddress): Promise<ComparisonView> {
    return this.readComparison.ofNode(account, address);
  }

  @Get('rollups/:requirement/:period/:unit/comparison/children')
  childrenComparison(
    @CurrentAccount() account: Account,
    @Param() address: RollupAddress,
    @Query() { indicator }: ComparisonQuery,
  ): Promise<ChildrenComparisonView> {
    return this.readComparison.ofChildren(account, address, indicator ?? null);
  }

  /** Requirements and opened periods that concern the account's own unit, newest period first. */
  @Get('watch')
  async watch(@CurrentAccount() account: Account): Promise<WatchListView> {
    const items = new Map<
      string,
      { item: Omit<WatchItem, 'periods'>; periods: WatchItem['periods'][number][] }
    >();
    for (const pair of await this.rollups.watched(account.unit.id)) {
      const found = await this.directory.byIds(pair.requirementId, pair.periodId);
      if (found === null) continue;
      const { requirement, period } = found;
      const form = formInForce(requirement.forms, period.startsOn);
      if (form === null) continue;
      const known = items.get(requirement.code) ?? {
        item: { requirement: { code: requirement.code, title: requirement.title }, plan: requirement.plan },
        periods: [],
      };
      const { key, label, startsOn } = period;
      known.periods.push({ key, label, startsOn, formVersion: form.version });
      items.set(requirement.code, known);
    }
    const { code, name } = account.unit;
    return {
      unit: { code, name },
      items: [...items.values()].map(({ item, periods }) => ({ ...item, periods })),
    };
  }
}
