import type { LocalDate, PlanType } from '@mach/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An issued document (văn bản, kế hoạch) that gives tasks and asks for reports. */
@Entity('plan')
export class PlanRow {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  type!: PlanType;

  @Column({ type: 'integer' })
  number!: number;

  @Column({ type: 'text' })
  symbol!: string;

  @Column({ type: 'integer', name: 'issuer_id' })
  issuerId!: number;

  @Column({ type: 'text' })
  term!: string;

  @Column({ type: 'date', name: 'issued_on' })
  issuedOn!: LocalDate;

  @Column({ type: 'text' })
  title!: string;

  @Column({ type: 'uuid', name: 'parent_id', nullable: true })
  parentId!: string | null;

  /** Symbols of documents outside the system that it carries out. */
  @Column({ type: 'text', name: 'carries_out', array: true })
  carriesOut!: string[];
}
