import type { HeldTarget, Instant, Target } from '@mach/domain';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { text, timestamptz } from '../columns/column';
import { columns } from '../columns/columns';
import type { Queryable } from '../decisions/rule-context.store';

const TARGET_COLUMNS = {
  indicator: text.at('target.indicator_code'),
  unit: text.at('unit.code'),
  level: text.at('target.level'),
  period: text.at('target.period'),
  value: text.at('target.value::text'),
  source: text.at('target.source'),
};
const TARGET = columns<Target>()(TARGET_COLUMNS);
const STANDING = columns<StandingTarget>()({ ...TARGET_COLUMNS, setAt: timestamptz.at('target.set_at') });
const FROM = `from indicator_target target left join unit on unit.id = target.unit_id`;

const HELD = columns<Pick<HeldTarget, 'scale'>>()({ scale: text.at(`indicator.content ->> 'scale'`) });

/** Targets (chỉ tiêu phải đạt) of indicators, by unit or by level. */
@Injectable()
export class TargetStore {
  constructor(private readonly dataSource: DataSource) {}

  /** Of one indicator: those of levels first, then by unit; the newest period first. */
  async ofIndicator(code: string): Promise<readonly StandingTarget[]> {
    const rows = await this.dataSource.query<object[]>(
      `select ${STANDING.selected()} ${FROM} where target.indicator_code = $1
       order by unit.code nulls first, target.level, target.period desc limit 2000`,
      [code],
    );
    return rows.map((row) => STANDING.read(row));
  }

  /**
   * Every target of these indicators that may hold for one of these units in the period: theirs and those of
   * levels; null: of any unit. `targetFor` and `targetOfNode` choose among them.
   */
  async holding(
    indicators: readonly string[],
    unitCodes: readonly string[] | null,
    period: string,
    on: Queryable = this.dataSource,
  ): Promise<HeldTarget[]> {
    const rows = await on.query<object[]>(
      `select ${TARGET.selected()}, ${HELD.selected()} ${FROM} join indicator on indicator.code = target.indicator_code
       where target.indicator_code = any($1) and target.period in ($3, left($3, 4))
         and (target.level is not null or $2::text[] is null or unit.code = any($2))`,
      [indicators, unitCodes, period],
    );
    return rows.map((row) => ({ ...TARGET.read(row), ...HELD.read(row) }));
  }

  /** Since when a target stands for the same unit or level and period; null while none does. */
  async setAt(
    tx: EntityManager,
    { indicator, unitId, level, period }: Pick<NewTarget, 'indicator' | 'unitId' | 'level' | 'period'>,
  ): Promise<Instant | null> {
    const [row] = await tx.query<{ set_at: Date }[]>(
      `select set_at from indicator_target where indicator_code = $1 and period = $4
         and unit_id is not distinct from $2 and level is not distinct from $3`,
      [indicator, unitId, level, period],
    );
    return row?.set_at.getTime() ?? null;
  }

  /** Sets a target; one that stands for the same unit or level and period is replaced. */
  async set(tx: EntityManager, target: NewTarget): Promise<void> {
    const { indicator, unitId, level, period, value, source, setAt } = target;
    const key = unitId === null ? 'level' : 'unit_id';
    await tx.query(
      `insert into indicator_target (indicator_code, unit_id, level, period, value, source, set_at)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (indicator_code, ${key}, period) where ${key} is not null
         do update set value = excluded.value, source = excluded.source, set_at = excluded.set_at`,
      [indicator, unitId, level, period, value, source, new Date(setAt)],
    );
  }
}

/** A target with the moment from which it stands. */
export interface StandingTarget extends Target {
  readonly setAt: Instant;
}

/** A target about to be set, its unit found. */
export interface NewTarget extends Omit<Target, 'unit'> {
  readonly unitId: number | null;
  readonly setAt: Instant;
}
