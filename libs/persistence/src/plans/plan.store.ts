import type { LocalDate, PlanType } from '@mach/domain';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { date, integer, text, texts, uuid } from '../columns/column';
import { columns, nullable } from '../columns/columns';
import { insertNew } from '../rows/insert-new';
import { PlanRow } from '../rows/plan.row';

/** An issued document (văn bản, kế hoạch). */
export interface PlanRecord {
  readonly id: string;
  /** `CTr`, `KH`, … */
  readonly type: PlanType;
  readonly number: number;
  /** `14-CTr/TU` */
  readonly symbol: string;
  readonly issuer: { readonly id: number; readonly code: string; readonly name: string };
  /** Committee term (nhiệm kỳ) in which it is numbered: `2025-2030`. */
  readonly term: string;
  readonly issuedOn: LocalDate;
  readonly title: string;
  readonly parent: { readonly id: string; readonly symbol: string } | null;
  /** Symbols of documents from above, outside the system, that it carries out. */
  readonly carriesOut: readonly string[];
}

export interface NewPlan {
  readonly id: string;
  readonly type: PlanType;
  readonly number: number;
  readonly symbol: string;
  readonly issuerId: number;
  readonly term: string;
  readonly issuedOn: LocalDate;
  readonly title: string;
  readonly parentId: string | null;
  readonly carriesOut: readonly string[];
}

const PLAN = columns<PlanRecord>()({
  id: uuid,
  type: text,
  number: integer,
  symbol: text,
  issuer: {
    id: integer.at('issuer.id'),
    code: text.at('issuer.code'),
    name: text.at('coalesce(fact.name, issuer.code)'),
  },
  term: text,
  issuedOn: date,
  title: text,
  parent: nullable({ id: uuid.at('parent.id'), symbol: text.at('parent.symbol') }),
  carriesOut: texts,
});

@Injectable()
export class PlanStore {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first. */
  async all(): Promise<PlanRecord[]> {
    return this.select('order by plan.issued_on desc, plan.symbol', []);
  }

  async byId(id: string): Promise<PlanRecord | null> {
    return (await this.select('where plan.id = $1', [id]))[0] ?? null;
  }

  /** @returns false when the issuer has already given this number to a plan of this type in this term. */
  async create(tx: EntityManager, plan: NewPlan): Promise<boolean> {
    return (await insertNew(tx, PlanRow, { ...plan, carriesOut: [...plan.carriesOut] })) !== null;
  }

  private async select(tail: string, parameters: readonly unknown[]): Promise<PlanRecord[]> {
    const rows = await this.dataSource.query<object[]>(
      `select ${PLAN.selected('plan')}
       from plan
       join unit issuer on issuer.id = plan.issuer_id
       left join unit_fact fact on fact.unit_id = issuer.id and fact.valid_to is null
       left join plan parent on parent.id = plan.parent_id
       ${tail}`,
      [...parameters],
    );
    return rows.map((row) => PLAN.read(row));
  }
}
