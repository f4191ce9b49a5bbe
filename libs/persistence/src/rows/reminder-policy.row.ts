import type { ReminderPolicy } from '@mach/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('reminder_policy')
export class ReminderPolicyRow {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  code!: string;

  @Column({ type: 'text' })
  title!: string;

  @Column({ type: 'jsonb' })
  definition!: ReminderPolicy;
}
