import type { ContactRole } from '@mach/domain';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Whom to write to in a unit's office. E-mail and phone are ciphertext here; see `ContactCipher`. */
@Entity('contact')
export class ContactRow {
  @PrimaryGeneratedColumn('identity', { type: 'integer', generatedIdentity: 'BY DEFAULT' })
  id!: number;

  @Column({ type: 'integer', name: 'unit_id' })
  unitId!: number;

  @Column({ type: 'text' })
  role!: ContactRole;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'bytea', name: 'email_cipher', nullable: true })
  emailCipher!: Buffer | null;

  @Column({ type: 'bytea', name: 'phone_cipher', nullable: true })
  phoneCipher!: Buffer | null;
}
