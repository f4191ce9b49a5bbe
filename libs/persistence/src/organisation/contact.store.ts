import type { ContactRole } from '@mach/domain';
import { Injectable } from '@nestjs/common';
import { DataSource, In, type EntityManager, type FindOptionsWhere } from 'typeorm';
import { ContactRow } from '../rows/contact.row';
import { ContactCipher } from './contact-cipher';

/** Whom to write to in a unit's office: a function («Văn thư …»), not a person's record. */
export interface Contact {
  readonly id: number;
  readonly unitId: number;
  readonly role: ContactRole;
  readonly name: string;
  readonly email: string | null;
  /** E.164, e.g. `+84225…`. */
  readonly phone: string | null;
}

/** Contacts; their e-mail and phone are encrypted before they reach PostgreSQL and readable only here. */
@Injectable()
export class ContactStore {
  constructor(
    private readonly dataSource: DataSource,
    private readonly cipher: ContactCipher,
  ) {}

  async ofUnits(unitIds: readonly number[], tx: EntityManager = this.dataSource.manager): Promise<Contact[]> {
    return this.find({ unitId: In(unitIds) }, tx);
  }

  async byIds(ids: readonly number[], tx: EntityManager = this.dataSource.manager): Promise<Contact[]> {
    return this.find({ id: In(ids) }, tx);
  }

  async create(tx: EntityManager, contact: Omit<Contact, 'id'>): Promise<number> {
    const { unitId, role, name } = contact;
    const row = await tx.getRepository(ContactRow).save({
      unitId,
      role,
      name,
      emailCipher:
        contact.email === null ? null : this.cipher.seal(contact.email, { unitId, field: 'email' }),
      phoneCipher:
        contact.phone === null ? null : this.cipher.seal(contact.phone, { unitId, field: 'phone' }),
    });
    return row.id;
  }

  /**
   * Forgets a contact. The ledger must still show that someone was written to, so a contact that stands in it
   * keeps its
   * row with the function's name and loses e-mail and phone; any other row is deleted.
   * @returns false when there is no such contact.
   */
  async forget(tx: EntityManager, id: number): Promise<boolean> {
    const emptied = await tx
      .getRepository(ContactRow)
      .update({ id }, { emailCipher: null, phoneCipher: null });
    if (emptied.affected === 0) return false;
    await tx.query(
      `delete from contact where id = $1
         and not exists (select 1 from notice where contact_id = $1) and not exists (select 1 from digest where contact_id = $1)`,
      [id],
    );
    return true;
  }

  private async find(where: FindOptionsWhere<ContactRow>, tx: EntityManager): Promise<Contact[]> {
    const rows = await tx.getRepository(ContactRow).find({ where, order: { id: 'ASC' } });
    return rows.map(({ id, unitId, role, name, emailCipher, phoneCipher }) => ({
      id,
      unitId,
      role,
      name,
      email: emailCipher === null ? null : this.cipher.open(emailCipher, { unitId, field: 'email' }),
      phone: phoneCipher === null ? null : this.cipher.open(phoneCipher, { unitId, field: 'phone' }),
    }));
  }
}
