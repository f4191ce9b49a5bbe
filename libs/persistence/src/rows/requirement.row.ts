import type { DeadlineRule, LocalDate, PeriodScheme, ReviewRule, WindowRule } from '@mach/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a plan asks to be reported (yêu cầu báo cáo): which form, in which periods, by whom, until when. */
@Entity('requirement')
export class RequirementRow {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  code!: string;

  @Column({ type: 'uuid', name: 'plan_id' })
  planId!: string;

  @Column({ type: 'uuid', name: 'form_version_id' })
  formVersionId!: string;

  @Column({ type: 'uuid', name: 'reminder_policy_id' })
  reminderPolicyId!: string;

  @Column({ type: 'text' })
  title!: string;

  @Column({ type: 'text', name: 'period_scheme' })
  periodScheme!: PeriodScheme;

  @Column({ type: 'jsonb', name: 'deadline_rule' })
  deadlineRule!: DeadlineRule;

  @Column({ type: 'jsonb', name: 'window_rule' })
  windowRule!: WindowRule;

  @Column({ type: 'jsonb', nullable: true })
  review!: ReviewRule | null;

  @Column({ type: 'integer', name: 'scope_unit_id' })
  scopeUnitId!: number;

  @Column({ type: 'date', name: 'active_from' })
  activeFrom!: LocalDate;

  @Column({ type: 'date', name: 'active_to', nullable: true })
  activeTo!: LocalDate | null;
}
