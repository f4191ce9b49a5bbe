import { formsOf, type RequirementForm } from '../requirements/form-in-force';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { LocalDate, PeriodScheme, Unit, UnitKind, UnitLevel } from '@mach/domain';

/** A requirement (yêu cầu báo cáo) with what a report on it must match. */
export interface DirectoryRequirement {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly periodScheme: PeriodScheme;
  /** The form's versions, each from the day on which it takes effect. */
  readonly forms: readonly RequirementForm[];
  readonly plan: { readonly symbol: string; readonly title: string };
  /** Whether what is accepted is to be approved. */
  readonly approvalAsked: boolean;
}

export interface DirectoryPeriod {
  readonly id: number;
  readonly scheme: PeriodScheme;
  readonly key: string;
  readonly label: string;
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate;
}

/**
 * An obligation (nghĩa vụ báo cáo) as far as letting a report in depends on it. Instants in epoch
 * milliseconds.
 */
export interface DirectoryObligation {
  readonly id: number;
  readonly unitId: number;
  readonly exempt: boolean;
  readonly opensAt: number;
  readonly closesAt: number;
}

/** What the gateway keeps in memory, read in bulk: slowly changing rows that nearly every request names. */
@Injectable()
export class DirectoryReads {
  constructor(private readonly dataSource: DataSource) {}

  /** Every unit with the facts valid on `asOf`. */
  async units(asOf: LocalDate): Promise<Unit[]> {
    const rows = await this.dataSource.query<
      { id: number; code: string; level: UnitLevel; kind: UnitKind; name: string; parent_id: number | null }[]
    >(
      `select unit.id, unit.code, unit.level, unit.kind, fact.name, fact.parent_id
       from unit join unit_fact fact on fact.unit_id = unit.id
       where fact.valid_from <= $1 and (fact.valid_to is null or fact.valid_to > $1)`,
      [asOf],
    );
    return rows.map(({ parent_id: parentId, ...unit }) => ({ ...unit, parentId }));
  }

  async requirements(): Promise<DirectoryRequirement[]> {
    const rows = await this.dataSource.query<
      {
        id: string;
        code: string;
        title: string;
        period_scheme: PeriodScheme;
        forms: readonly RequirementForm[];
        symbol: string;
        plan_title: string;
        approval_asked: boolean;
      }[]
    >(
      `select requirement.id, requirement.code, requirement.title, requirement.period_scheme,
         ${formsOf('requirement')} as forms, plan.symbol, plan.title as plan_title,
         requirement.review is not null as approval_asked
       from requirement
       join plan on plan.id = requirement.plan_id
       order by requirement.code`,
    );
    return rows.map((row) => ({
      id: row.id,
      code: row.code,
      title: row.title,
      periodScheme: row.period_scheme,
      forms: row.forms,
      plan: { symbol: row.symbol, title: row.plan_title },
      approvalAsked: row.approval_asked,
    }));
  }

  async periods(): Promise<DirectoryPeriod[]> {
    return this.dataSource.query<DirectoryPeriod[]>(
      `select id, scheme, key, label, starts_on::text as "startsOn", ends_on::text as "endsOn" from period order by starts_on`,
    );
  }

  /** Every obligation of a requirement and period. */
  async obligations(requirementId: string, periodId: number): Promise<DirectoryObligation[]> {
    // Milliseconds from the database: ten thousand rows are read every few seconds, and parsing dates was the
    // dearest part of it.
    const rows = await this.dataSource.query<
      { id: string; unit_id: number; exempt: boolean; opens_at: number; closes_at: number }[]
    >(
      `select id, unit_id, exempt_reason is not null as exempt,
         (extract(epoch from opens_at) * 1000)::float8 as opens_at, (extract(epoch from closes_at) * 1000)::float8 as closes_at
       from obligation where requirement_id = $1 and period_id = $2`,
      [requirementId, periodId],
    );
    return rows.map((row) => ({
      id: Number(row.id),
      unitId: row.unit_id,
      exempt: row.exempt,
      opensAt: row.opens_at,
      closesAt: row.closes_at,
    }));
  }
}
