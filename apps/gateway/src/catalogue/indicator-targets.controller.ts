import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { SetTargetRequest, type TargetView } from '@mach/contracts';
import { checkTarget, localDateOf } from '@mach/domain';
import { IndicatorStore, TargetStore, Transactions, UnitStore, type StandingTarget } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { notFound, refused, refusedField, requireBase, unknownUnit } from '../administration/refusals';
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
  async list(@Param('code') code: string): Promise<{ items: TargetView[] }> {
    return { items: (await this.targets.ofIndicator(code)).map(targetView) };
  }

  /** Sets one; what stood for the same unit or level and period is replaced. */
  @Post()
  @Roles('administrator')
  async set(@Param('code') code: string, @Body() body: SetTargetRequest): Promise<{ items: TargetView[] }> {
    const indicator = await this.indicators.byCode(code);
    if (indicator === null) throw notFound(`Danh mục không có chỉ tiêu mang mã «${code}».`);
    if (indicator.content.retired === true)
      throw refusedField('/target', 'target.retired', 'Chỉ tiêu này đã ngừng dùng, không giao mức mới.');
    const checked = checkTarget(body.target, indicator.content, '/target');
    if (!checked.ok) throw refused(checked.reasons);
    const { unit: unitCode, ...target } = checked.target;
    const now = this.clock.now();
    const unit = unitCode === null ? null : await this.units.byCode(unitCode, localDateOf(now));
    if (unitCode !== null && unit === null) throw unknownUnit('/target/unit', unitCode);
    await this.transactions.run(async (tx) => {
      // One at a time, so that nobody replaces what they have not seen.
      await this.indicators.lock(tx, code);
      const replacing = { ...target, unitId: unit?.id ?? null, setAt: now };
      requireBase(body.basedOn, await this.targets.setAt(tx, replacing));
      await this.targets.set(tx, replacing);
    });
    return this.list(code);
  }
}

export function targetView({ setAt, ...target }: StandingTarget): TargetView {
  return { ...target, setAt: new Date(setAt).toISOString() };
}
