import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ChangeUnitRequest,
  CreateUnitRequest,
  UnitDetailQuery,
  UnitQuery,
  type UnitDetailView,
  type UnitView,
} from '@mach/contracts';
import { localDateOf, refusePlacement, type LocalDate, type UnitKind, type UnitLevel } from '@mach/domain';
import { Transactions, UnitStore, type UnitFilter, type UnitRecord } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { Directory } from '../directory/directory';
import { Roles } from '../session/roles.decorator';
import { notFound, refused, refusedField, requireNearDays, taken, unknownUnit } from './refusals';

const PAGE = 200;

/**
 * The tree of units (tổ chức đảng): new units, and new names and places of old ones. Nothing is deleted or
 * overwritten.
 */
@Controller('units')
@Roles('administrator')
export class UnitsController {
  constructor(
    private readonly units: UnitStore,
    private readonly transactions: Transactions,
    private readonly directory: Directory,
    private readonly clock: Clock,
  ) {}

  /** A page in the order of codes; `next` is the `after` of the following page, null on the last. */
  @Get()
  async list(@Query() query: UnitQuery): Promise<{ items: UnitView[]; next: string | null }> {
    const limit = query.limit ?? PAGE;
    const filter: UnitFilter = {
      asOf: query.asOf ?? this.today(),
      limit: limit + 1,
      ...(query.parent !== undefined && { parentCode: query.parent }),
      ...(query.level !== undefined && { level: query.level }),
      ...(query.after !== undefined && { afterCode: query.after }),
    };
    const found = await this.units.list(filter);
    const page = found.slice(0, limit);
    return { items: page.map(view), next: found.length > limit ? (page.at(-1)?.code ?? null) : null };
  }

  @Get(':code')
  async detail(@Param('code') code: string, @Query() query: UnitDetailQuery): Promise<UnitDetailView> {
    return this.read(code, query.asOf ?? this.today());
  }

  @Post()
  async create(@Body() body: CreateUnitRequest): Promise<UnitDetailView> {
    requireNearDays(this.today(), { validFrom: body.validFrom });
    const parent = await this.units.byCode(body.parent, body.validFrom);
    if (parent === null) throw unknownUnit('/parent', body.parent);
    const { code, level, kind, name, validFrom } = body;
    refuseMisplaced(level, kind, parent);
    const tile = body.tile === undefined ? null : { col: body.tile.col, row: body.tile.row };
    const unit = {
      code,
      level,
      kind,
      name,
      parentId: parent.id,
      validFrom,
      population: body.population ?? null,
      tile,
    };
    const id = await this.transactions.run((tx) => this.units.create(tx, unit));
    this.directory.unitsChanged();
    if (id === null) throw taken('/code', `Mã đơn vị «${code}» đã được dùng.`);
    return this.read(code, validFrom);
  }

  /** A new name, a new parent or both, from a day on. */
  @Post(':code/facts')
  @HttpCode(200)
  async change(@Param('code') code: string, @Body() body: ChangeUnitRequest): Promise<UnitDetailView> {
    const { effectiveOn, name } = body;
    requireNearDays(this.today(), { effectiveOn });
    if (name === undefined && body.parent === undefined)
      throw refusedField('', 'unit.nothingToChange', 'Cần nêu tên mới hoặc đơn vị cấp trên mới.');
    const unit = await this.units.byCode(code, effectiveOn);
    if (unit === null) throw notFound(`Không có đơn vị mang mã «${code}» vào ngày này.`);
    const parent = body.parent === undefined ? null : await this.newParent(unit, body.parent, effectiveOn);
    const change = { ...(name !== undefined && { name }), ...(parent !== null && { parentId: parent.id }) };
    const result = await this.transactions.run((tx) => this.units.change(tx, unit.id, effectiveOn, change));
    this.directory.unitsChanged();
    switch (result.kind) {
      case 'changed':
        return this.read(code, effectiveOn);
      case 'notAfterCurrent':
        throw refusedField(
          '/effectiveOn',
          'unit.notAfterCurrent',
          `Ngày có hiệu lực phải sau ${result.validFrom}, ngày bắt đầu của tên và vị trí hiện nay.`,
        );
      case 'wouldBeItsOwnAncestor':
        throw refusedField(
          '/parent',
          'unit.wouldBeItsOwnAncestor',
          'Đơn vị không thể trực thuộc chính mình hoặc đơn vị cấp dưới của mình.',
        );
    }
  }

  private async newParent(unit: UnitRecord, code: string, on: LocalDate): Promise<UnitRecord> {
    const parent = await this.units.byCode(code, on);
    if (parent === null) throw unknownUnit('/parent', code);
    refuseMisplaced(unit.level, unit.kind, parent);
    return parent;
  }

  private async read(code: string, asOf: LocalDate): Promise<UnitDetailView> {
    const [unit, history] = await Promise.all([this.units.byCode(code, asOf), this.units.history(code)]);
    if (unit === null) throw notFound(`Không có đơn vị mang mã «${code}» vào ngày ${asOf}.`);
    return { ...view(unit), asOf, history };
  }

  private today(): LocalDate {
    return localDateOf(this.clock.now());
  }
}

/** Throws when a unit of this level and kind may not stand under `parent`. */
function refuseMisplaced(level: UnitLevel, kind: UnitKind, parent: UnitRecord): void {
  const reason = refusePlacement(level, kind, parent.level);
  if (reason !== null) throw refused([reason]);
}

function view({ code, level, kind, name, population, tile }: UnitRecord): UnitView {
  return { code, level, kind, name, population, tile };
}
