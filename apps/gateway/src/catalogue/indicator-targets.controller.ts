import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { SetTargetRequest } from '@mach/contracts';
import { checkTarget, localDateOf, type Target } from '@mach/domain';
import { IndicatorStore, TargetStore, Transactions, UnitStore } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { notFound, refused, unknownUnit } from '../administration/refusals';
import { Roles } from '../session/roles.decorator';

/** Targets (chỉ tiêu phải đạt) of an indicator: for a unit or for each unit of a level, in a year or a month. */
@Controller('indicators/:code/targets')
@Roles('administrator', 'city_office', 'committee')
export class IndicatorTargetsController {
  constructor(
    private readonly indicators: IndicatorStore,
    private readonly targets: TargetStore,
    private readonly units: UnitStore,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Param('code') code: string): Promise<{ items: Target[] }> {
    return { items: await this.targets.ofIndicator(code) };
  }

  /** Sets one; what stood for the same unit or level and period is replaced. */
  @Post()
  @Roles('administrator')
  async set(@Param('code') code: string, @Body() body: SetTargetRequest): Promise<{ items: Target[] }> {
    const indicator = await this.indicators.byCode(code);
    if (indicator === null) throw notFound(`Danh mục không có chỉ tiêu mang mã «${code}».`);
    const checked = checkTarget(body.target, indicator.content, '/target');
    if (!checked.ok) throw refused(checked.reasons);
    const { unit: unitCode, ...target } = checked.target;
    const now = this.clock.now();
    const unit = unitCode === null ? null : await this.units.byCode(unitCode, localDateOf(now));
    if (unitCode !== null && unit === null) throw unknownUnit('/target/unit', unitCode);
    await this.transactions.run((tx) =>
      this.targets.set(tx, { ...target, unitId: unit?.id ?? null, setAt: now }),
    );
    return this.list(code);
  }
}
