import { localDateOf, type Instant } from '@mach/domain';
import { AccountStore, hashPassword, Transactions, UnitStore, type connect } from '@mach/persistence';

const SHORTEST_PASSWORD = 12;

export interface FirstAdministrator {
  readonly username: string;
  readonly password: string;
}

/**
 * The way into an empty database: the city at the root of the tree and one administrator, who creates the
 * rest over the API.
 * @returns false when units are there already; then nothing is written.
 */
export async function createFirstAdministrator(
  dataSource: Awaited<ReturnType<typeof connect>>,
  { username, password }: FirstAdministrator,
  now: Instant,
): Promise<boolean> {
  if (password.length < SHORTEST_PASSWORD)
    throw new Error(
      `the administrator's password must have at least ${String(SHORTEST_PASSWORD)} characters`,
    );
  const passwordHash = await hashPassword(password);
  const units = new UnitStore(dataSource);
  return new Transactions(dataSource).run(async (tx) => {
    if ((await units.count(tx)) > 0) return false;
    const city = {
      code: 'HP',
      level: 'city',
      kind: 'city',
      name: 'Thành ủy Hải Phòng',
      parentId: null,
      population: null,
      tile: null,
    } as const;
    const unitId = await units.create(tx, { ...city, validFrom: localDateOf(now) });
    // Another process was faster.
    if (unitId === null) return false;
    await new AccountStore().create(tx, [
      { username, passwordHash, role: 'administrator', unitId, displayName: 'Quản trị hệ thống' },
    ]);
    return true;
  });
}
