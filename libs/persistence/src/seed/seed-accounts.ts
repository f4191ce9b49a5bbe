import type { EntityManager } from 'typeorm';
import { AccountStore, type NewAccount } from '../accounts/account.store';
import { hashPassword } from '../accounts/password';
import type { SeedUnit } from './organisation-tree';
import { officeOf } from './seed-units';

/**
 * The password of every demonstration account; printed by `npm start`. A database with real reports is never
 * seeded.
 */
export const DEMO_PASSWORD = 'mach-demo-2026';

/**
 * An account for every unit (user name = unit code), and two at the city. All share one hash: 10,000 of their
 * own would take half an hour.
 */
export async function writeAccounts(tx: EntityManager, units: readonly SeedUnit[]): Promise<number> {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  const accounts = units.flatMap((unit): NewAccount[] => {
    if (unit.level !== 'city') {
      const role = unit.level === 'cell' ? 'cell' : 'committee';
      return [
        {
          username: unit.code,
          passwordHash,
          role,
          unitId: unit.id,
          displayName: `Văn thư ${officeOf(unit)}`,
        },
      ];
    }
    return [
      {
        username: 'quantri',
        passwordHash,
        role: 'administrator',
        unitId: unit.id,
        displayName: 'Quản trị hệ thống',
      },
      {
        username: 'vanphong',
        passwordHash,
        role: 'city_office',
        unitId: unit.id,
        displayName: 'Văn phòng Thành ủy Hải Phòng',
      },
    ];
  });
  return new AccountStore().create(tx, accounts);
}
