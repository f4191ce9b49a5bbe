import type { ContactRole } from '@mach/domain';
import type { EntityManager } from 'typeorm';
import { bytea, integer, smallint, text } from '../columns/column';
import { columns, elsewhere, nullable } from '../columns/columns';
import type { ContactCipher } from '../organisation/contact-cipher';
import type { SeedUnit } from './organisation-tree';

/** The communes, and with them all their committees, exist since two-level local government began. */
const SINCE = '2025-07-01';

const UNIT = columns<SeedUnit>()({
  id: integer,
  code: text,
  level: text,
  kind: text,
  name: elsewhere,
  parentId: elsewhere,
  population: integer,
  tile: nullable({ col: smallint, row: smallint }),
});
const FACT = columns<Pick<SeedUnit, 'id' | 'name' | 'parentId'>>()({
  id: integer.as('unit_id'),
  name: text,
  parentId: integer,
});
const CONTACT = columns<{
  readonly unitId: number;
  readonly role: ContactRole;
  readonly name: string;
  readonly emailCipher: Buffer;
  readonly phoneCipher: Buffer;
}>()({ unitId: integer, role: text, name: text, emailCipher: bytea, phoneCipher: bytea });

const WRITE_UNITS = UNIT.insertInto('unit');
const WRITE_FACTS = `
  insert into unit_fact (valid_from, ${FACT.names()})
  select $1::date, ${FACT.values()} from ${FACT.from('fact', 2)}`;
const WRITE_CONTACTS = CONTACT.insertInto('contact');

/**
 * Writes the tree with the ids it was generated with, so that two seeded databases are the same row by row.
 */
export async function writeUnits(tx: EntityManager, units: readonly SeedUnit[]): Promise<void> {
  await tx.query(WRITE_UNITS, UNIT.parameters(units));
  await tx.query(`select setval(pg_get_serial_sequence('unit', 'id'), max(id)) from unit`);
  await tx.query(WRITE_FACTS, [SINCE, ...FACT.parameters(units)]);
}

/**
 * A clerk (văn thư) and a head for every unit: functions, not persons. Addresses end in `.invalid` and
 * numbers begin with 095, which no operator serves, so that nothing sent in a demonstration reaches anyone.
 */
export async function writeContacts(
  tx: EntityManager,
  units: readonly SeedUnit[],
  cipher: ContactCipher,
): Promise<void> {
  const contacts = units.flatMap((unit) => {
    const contact = (role: ContactRole, name: string, mailbox: string, phone: string) => ({
      unitId: unit.id,
      role,
      name,
      emailCipher: cipher.seal(`${mailbox}.${unit.code.toLowerCase()}@haiphong.demo.invalid`, {
        unitId: unit.id,
        field: 'email',
      }),
      phoneCipher: cipher.seal(phone, { unitId: unit.id, field: 'phone' }),
    });
    const head = unit.level === 'city' ? 'chanhvanphong' : 'bithu';
    return [
      contact('clerk', `Văn thư ${officeOf(unit)}`, 'vanthu', phoneOf(unit.id * 2)),
      contact('head', headOf(unit), head, phoneOf(unit.id * 2 + 1)),
    ];
  });
  await tx.query(WRITE_CONTACTS, CONTACT.parameters(contacts));
}

/** The office that keeps a unit's letters; a cell has none, its own name stands for it. */
export function officeOf(unit: Pick<SeedUnit, 'level' | 'name'>): string {
  if (unit.level === 'city') return 'Văn phòng Thành ủy Hải Phòng';
  return unit.level === 'committee' ? `Văn phòng ${unit.name}` : inSentence(unit.name);
}

function headOf(unit: SeedUnit): string {
  return unit.level === 'city' ? 'Chánh Văn phòng Thành ủy Hải Phòng' : `Bí thư ${inSentence(unit.name)}`;
}

/** «Bí thư chi bộ thôn 2»: only a committee keeps its capital behind a title. */
function inSentence(name: string): string {
  return name.replace(/^Chi bộ/u, 'chi bộ').replace(/^Đảng bộ/u, 'đảng bộ');
}

function phoneOf(number: number): string {
  return `+8495${String(number).padStart(7, '0')}`;
}
