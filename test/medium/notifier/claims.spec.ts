import { randomUUID } from 'node:crypto';
import { ContactCipher, ContactStore, DeliveryStore, Transactions } from '@mach/persistence';
import { openTestDatabase, type TestDatabase } from '../../support/test-database';
import { plantCity } from './city';

const SLOTS = 8;
const HELD_MS = 55_500;

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  const cipher = new ContactCipher(Buffer.alloc(32, 7));
  await plantCity(database.dataSource, new ContactStore(database.dataSource, cipher), 1);
});

afterAll(async () => {
  await database.close();
});

async function plant(count: number, state: string, claimLeft: string | null): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await database.dataSource.query(
      `with one as (insert into digest (id, contact_id, created_at) select $1, min(id), now() from contact returning id)
       insert into delivery (id, digest_id, channel, state, claimed_until)
       select $1, id, 'email', $2, clock_timestamp() + $3::interval from one`,
      [randomUUID(), state, claimLeft],
    );
  }
}

function taken(): Promise<string[]> {
  const store = new DeliveryStore(database.dataSource);
  return new Transactions(database.dataSource).run((tx) =>
    store.takeWaiting(tx, { channel: 'email', until: Date.now(), window: SLOTS, heldMs: HELD_MS }),
  );
}

test('claims of a living process fill their channel; those that nobody holds any more do not', async () => {
  await plant(SLOTS, 'sending', '59 seconds');
  await plant(3, 'planned', null);
  expect(await taken()).toEqual([]);
  await database.dataSource.query(
    `update delivery set claimed_until = clock_timestamp() + interval '50 seconds' where state = 'sending'`,
  );
  expect(await taken()).toHaveLength(3);
});
