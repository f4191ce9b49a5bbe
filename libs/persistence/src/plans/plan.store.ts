import type { LocalDate, PlanType } from '@mach/domain';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
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

interface JoinedPlan {
  id: string;
  type: PlanType;
  number: number;
  symbol: string;
  term: string;
  issued_on: LocalDate;
  title: string;
  carries_out: string[];
  issuer_id: number;
  issuer_code: string;
  issuer_name: string;
  parent_id: string | null;
  parent_symbol: string | null;
}

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
    const rows = await this.dataSource.query<JoinedPlan[]>(
      `select plan.id, plan.type, plan.number, plan.symbol, plan.term, plan.issued_on::text as issued_on, plan.title, plan.carries_out,
         issuer.id as issuer_id, issuer.code as issuer_code, coalesce(fact.name, issuer.code) as issuer_name,
         parent.id as parent_id, parent.symbol as parent_symbol
       from plan
       join unit issuer on issuer.id = plan.issuer_id
       left join unit_fact fact on fact.unit_id = issuer.id and fact.valid_to is null
       left join plan parent on parent.id = plan.parent_id
       ${tail}`,
      [...parameters],
    );
    return rows.map((row) => ({
      id: row.id,
      type: row.type,
      number: row.number,
      symbol: row.symbol,
      issuer: { id: row.issuer_id, code: row.issuer_code, name: row.issuer_name },
      term: row.term,
      issuedOn: row.issued_on,
      title: row.title,
      parent:
        row.parent_id === null || row.parent_symbol === null
          ? null
          : { id: row.parent_id, symbol: row.parent_symbol },
      carriesOut: row.carries_out,
    }));
  }
}
