import type { LocalDate, PeriodScheme } from '@mach/domain';
import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** A reporting period (kỳ báo cáo) that was opened at least once. */
@Entity('period')
export class PeriodRow {
  @PrimaryGeneratedColumn('identity', { type: 'integer', generatedIdentity: 'BY DEFAULT' })
  id!: number;

  @Column({ type: 'text' })
  scheme!: PeriodScheme;

  @Column({ type: 'text' })
  key!: string;

  @Column({ type: 'text' })
  label!: string;

  @Column({ type: 'date', name: 'starts_on' })
  startsOn!: LocalDate;

  @Column({ type: 'date', name: 'ends_on' })
  endsOn!: LocalDate;
}

/** A weekday not worked (holiday), or a weekend day worked in exchange (ngày làm bù). */
@Entity('working_day_exception')
export class WorkingDayExceptionRow {
  @PrimaryColumn({ type: 'date' })
  day!: LocalDate;

  @Column({ type: 'boolean' })
  worked!: boolean;

  @Column({ type: 'text' })
  name!: string;
}
