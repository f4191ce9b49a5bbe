import type { EntityManager } from 'typeorm';
import type { ContactCipher } from '../organisation/contact-cipher';
import type { SeedUnit } from './organisation-tree';

/** The communes, and with them all their committees, exist since two-level local government began. */
const SINCE = '2025-07-01';

/**
 * Writes the tree with the ids it was generated with, so that two seeded databases are the same row by row.
 */
export async function writeUnits(tx: EntityManager, units: readonly SeedUnit[]): Promise<void> {
  const ids = units.map((unit) => unit.id);
  await tx.query(
    `insert into unit (id, code, level, kind, population, tile_col, tile_row)
     select * from unnest($1::integer[], $2::text[], $3::text[], $4::text[], $5::integer[], $6::smallint[], $7::smallint[])`,
    [
      ids,
      units.map((unit) => unit.code),
      units.map((unit) => unit.level),
      units.map((unit) => unit.kind),
      units.map((unit) => unit.population),
      units.map((unit) => unit.tile?.col ?? null),
      units.map((unit) => unit.tile?.row ?? null),
    ],
  );
  await tx.query(`select setval(pg_get_serial_sequence('unit', 'id'), $1)`, [Math.max(...ids)]);
  await tx.query(
    `insert into unit_fact (unit_id, valid_from, name, parent_id)
     select unit_id, $4::date, name, parent_id from unnest($1::integer[], $2::text[], $3::integer[]) as fact (unit_id, name, parent_id)`,
    [ids, units.map((unit) => unit.name), units.map((unit) => unit.parentId), SINCE],
  );
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
  const contacts = units.flatMap((unit) => [
    {
      unit,
      role: 'clerk',
      name: `Văn thư ${officeOf(unit)}`,
      mailbox: 'vanthu',
      phone: phoneOf(unit.id * 2),
    },
    {
      unit,
      role: 'head',
      name: headOf(unit),
      mailbox: unit.level === 'city' ? 'chanhvanphong' : 'bithu',
      phone: phoneOf(unit.id * 2 + 1),
    },
  ]);
  await tx.query(
    `insert into contact (unit_id, role, name, email_cipher, phone_cipher)
     select * from unnest($1::integer[], $2::text[], $3::text[], $4::bytea[], $5::bytea[])`,
    [
      contacts.map(({ unit }) => unit.id),
      contacts.map(({ role }) => role),
      contacts.map(({ name }) => name),
      contacts.map(({ unit, mailbox }) =>
        cipher.seal(`${mailbox}.${unit.code.toLowerCase()}@haiphong.demo.invalid`, {
          unitId: unit.id,
          field: 'email',
        }),
      ),
      contacts.map(({ unit, phone }) => cipher.seal(phone, { unitId: unit.id, field: 'phone' })),
    ],
  );
}

/** The office that keeps a unit's letters; a cell has none, its own name stands for it. */
export function officeOf(unit: Pick<SeedUnit, 'level' | 'name'>): string {
  if (unit.level === 'city') return 'Văn phòng Thành ủy Hải Phòng';
  return unit.level === 'committee' ? `Văn phòng ${unit.name}` : unit.name;
}

function headOf(unit: SeedUnit): string {
  return unit.level === 'city' ? 'Chánh Văn phòng Thành ủy Hải Phòng' : `Bí thư ${unit.name}`;
}

function phoneOf(number: number): string {
  return `+8495${String(number).padStart(7, '0')}`;
}
