import type { AccountRole } from '@mach/domain';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Someone who may sign in, for one unit. */
@Entity('account')
export class AccountRow {
  @PrimaryGeneratedColumn('identity', { type: 'integer', generatedIdentity: 'BY DEFAULT' })
  id!: number;

  @Column({ type: 'text' })
  username!: string;

  @Column({ type: 'text', name: 'password_hash' })
  passwordHash!: string;

  @Column({ type: 'text' })
  role!: AccountRole;

  @Column({ type: 'integer', name: 'unit_id' })
  unitId!: number;

  @Column({ type: 'text', name: 'display_name' })
  displayName!: string;

  @Column({ type: 'timestamptz', name: 'disabled_at', nullable: true })
  disabledAt!: Date | null;
}
