import { randomUUID } from 'node:crypto';
import type { NoticeListView, NoticeView } from '@mach/contracts';
import { DELIVERY_STATES, type DeliveryState } from '@mach/domain';
import { RunningGateway } from './running-gateway';
import { PERIOD, REQUIREMENT } from './small-city';

const UNITS = ['W1-1', 'W1-2', 'W1-G', 'W2-1', 'W2-3'];
const STEPS = ['due_soon', 'overdue'];
/** One row a unit and step, and of each state at least one. */
const STATES: readonly DeliveryState[] = [...DELIVERY_STATES, 'sent', 'sent', 'delivered'];

let gateway: RunningGateway;
let rows: { unit: string; step: string; state: DeliveryState }[];

beforeAll(async () => {
  gateway = await RunningGateway.start();
  rows = [];
  for (const unit of UNITS)
    for (const step of STEPS) rows.push({ unit, step, state: STATES[rows.length] ?? 'sent' });
  for (const row of rows) await plant(row);
});

afterAll(async () => {
  await gateway.stop();
});

/** Several rows share their moment, down to the microsecond, as a sweep writes them. */
async function plant({ unit, step, state }: (typeof rows)[number]): Promise<void> {
  const written = `2026-11-16T08:00:00.${unit.startsWith('W1') ? '123456' : '123455'}+07:00`;
  const digest = randomUUID();
  const query = gateway.database.dataSource.query.bind(gateway.database.dataSource);
  const [contact] = await query<{ id: number }[]>(
    `insert into contact (unit_id, role, name) values ($1, 'clerk', 'Văn thư') returning id`,
    [gateway.city.unitId(unit)],
  );
  await query(`insert into digest (id, contact_id, created_at) values ($1, $2, $3)`, [
    digest,
    contact?.id,
    written,
  ]);
  await query(
    `insert into delivery (id, digest_id, channel, state, claimed_until) values ($1, $2, 'email', $3, $4)`,
    [randomUUID(), digest, state, state === 'sending' ? written : null],
  );
  await query(
    `insert into notice (obligation_id, step, contact_id, planned_for, created_at, digest_id) values ($1, $2, $3, $4, $4, $5)`,
    [gateway.city.obligationId(unit), step, contact?.id, written, digest],
  );
}

async function ledger(
  query: Readonly<Record<string, string>>,
  username = 'vanphong',
): Promise<NoticeListView> {
  const asked = new URLSearchParams(query).toString();
  return (await gateway.as<NoticeListView>(username, 'GET', `/api/v1/notices?${asked}`)).body;
}

async function all(query: Readonly<Record<string, string>>, username?: string): Promise<NoticeView[]> {
  const items: NoticeView[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: NoticeListView = await ledger({ ...query, ...(cursor === '' ? {} : { cursor }) }, username);
    items.push(...page.items);
    cursor = page.next;
  }
  return items;
}

const named = (items: readonly NoticeView[]): string[] =>
  items.map(({ unit, step }) => `${unit.code} ${step}`).sort();
const those = (wanted: (row: (typeof rows)[number]) => boolean): string[] =>
  rows
    .filter(wanted)
    .map(({ unit, step }) => `${unit} ${step}`)
    .sort();

it.each([1, 2, 3, 7, 10, 11])(
  'comes in pages of %i without loss or repetition, the newest first',
  async (limit) => {
    const items = await all({ limit: String(limit) });
    expect(named(items)).toEqual(those(() => true));
    expect(items.map(({ unit }) => unit.code.slice(0, 2))).toEqual([
      ...Array<string>(6).fill('W1'),
      ...Array<string>(4).fill('W2'),
    ]);
  },
);

it('is searched by words of a unit’s name or code, accents ignored', async () => {
  expect(named(await all({ q: 'to dan pho' }))).toEqual(those(({ unit }) => /W1-[12]/.test(unit)));
  expect(named(await all({ q: 'TRƯỜNG bộ', limit: '1' }))).toEqual(those(({ unit }) => unit === 'W1-G'));
  expect(named(await all({ q: 'w2-' }))).toEqual(those(({ unit }) => unit.startsWith('W2')));
  expect(await ledger({ q: 'không có đơn vị này' })).toEqual({ items: [], next: null });
});

it.each(DELIVERY_STATES)('is searched by what became of a message: %s', async (state) => {
  expect(named(await all({ state, limit: '1' }))).toEqual(those((row) => row.state === state));
});

it('is searched by step, requirement and period, and by all at once', async () => {
  expect(named(await all({ step: 'overdue' }))).toEqual(those(({ step }) => step === 'overdue'));
  expect(named(await all({ requirement: REQUIREMENT, period: PERIOD }))).toEqual(those(() => true));
  expect(await all({ period: '1999-01' })).toEqual([]);
  expect(await all({ requirement: 'YC-LA' })).toEqual([]);
  const [row] = rows.filter(({ unit, step }) => unit === 'W1-G' && step === 'overdue');
  expect(
    named(
      await all({
        requirement: REQUIREMENT,
        period: PERIOD,
        step: 'overdue',
        q: 'truong',
        state: row?.state ?? 'sent',
      }),
    ),
  ).toEqual(['W1-G overdue']);
});

it('shows a committee its own subtree, whatever it searches for', async () => {
  expect(named(await all({ limit: '2' }, 'w2'))).toEqual(those(({ unit }) => unit.startsWith('W2')));
  expect(await all({ q: 'to dan pho' }, 'w2')).toEqual([]);
  expect(await all({ q: 'trường', period: PERIOD }, 'w2')).toEqual([]);
});

it('refuses a cursor, a state or a step that cannot be', async () => {
  for (const query of ['cursor=1.2', "cursor=1.1.1.a';", 'state=lost', 'step=%00', 'q=a&q=b'])
    expect([query, (await gateway.as('vanphong', 'GET', `/api/v1/notices?${query}`)).status]).toEqual([
      query,
      422,
    ]);
});
