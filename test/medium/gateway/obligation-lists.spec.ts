import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { obligationState, OBLIGATION_STATES, type Instant, type ObligationStanding } from '@mach/domain';
import { ObligationReads } from '@mach/persistence';
import { openTestDatabase, type TestDatabase } from '../../support/test-database';
import { plantSmallCity, type SmallCity } from './small-city';

jest.setTimeout(60_000);

let database: TestDatabase;
let city: SmallCity;
let reads: ObligationReads;

beforeAll(async () => {
  database = await openTestDatabase(2);
  city = await plantSmallCity(database.dataSource);
  reads = new ObligationReads(database.dataSource);
  await database.asOwner('delete from obligation');
  await database.dataSource.query(
    `insert into unit (code, level, kind) select 'T' || n, 'cell', 'residential' from generate_series(1, 400) n`,
  );
});

afterAll(async () => {
  await database.close();
});

/** Few moments, on the edges of days and one millisecond beside them, so that "at the same moment" is met often. */
const moments: fc.Arbitrary<Instant> = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom(0, 17), fc.constantFrom(-1, 0, 1))
  .map(([day, hour, ms]) => Date.parse(`2026-11-0${String(day)}T00:00:00+07:00`) + hour * 3_600_000 + ms);

const standings: fc.Arbitrary<ObligationStanding> = fc
  .record({
    exempt: fc.constantFrom(true, false, false, false, false),
    opensAt: moments,
    firstDeadline: moments,
    deadline: moments,
    closesAt: moments,
    awaitingDecision: fc.boolean(),
    receivedAt: fc.oneof(fc.constant(null), moments),
    firstAcceptedAt: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, moments),
    counted: fc.boolean(),
    needsApproval: fc.boolean(),
    approved: fc.boolean(),
    correctBy: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, moments),
  })
  // What was given back is not approved as well, and what counts was accepted at some time.
  .map((standing) => ({
    ...standing,
    approved: standing.approved && standing.correctBy === null,
    counted: standing.counted && standing.firstAcceptedAt !== null,
  }));

/** Late by the first deadline and in time by the extended one: met too seldom by chance. */
const lateWithPermission: ObligationStanding = {
  exempt: false,
  opensAt: Date.parse('2026-11-01T00:00:00+07:00'),
  firstDeadline: Date.parse('2026-11-02T17:00:00+07:00'),
  deadline: Date.parse('2026-11-04T17:00:00+07:00'),
  closesAt: Date.parse('2026-11-06T17:00:00+07:00'),
  awaitingDecision: false,
  receivedAt: Date.parse('2026-11-03T17:00:00+07:00'),
  firstAcceptedAt: Date.parse('2026-11-03T17:00:00+07:00'),
  counted: true,
  needsApproval: false,
  approved: false,
  correctBy: null,
};

/** Writes an obligation for each standing. @returns their ids, in the order of the standings */
async function plant(planted: readonly ObligationStanding[]): Promise<number[]> {
  const at = (instant: Instant | null): string | null =>
    instant === null ? null : new Date(instant).toISOString();
  const query = database.dataSource.query.bind(database.dataSource);
  await database.asOwner(
    `delete from submission;
     update obligation set approved_act_id = null, returned_act_id = null, correct_by = null;
     delete from obligation_act; delete from obligation`,
  );
  const ids: number[] = [];
  for (const [index, standing] of planted.entries()) {
    const rows = await query<{ id: string }[]>(
      `insert into obligation (requirement_id, period_id, unit_id, node_unit_id, opens_at, first_deadline, deadline, closes_at,
         exempt_reason, received_at, first_accepted_at, accepted_submission_id, needs_approval)
       select $1, $2, u.id, u.id, $4, $10, $5, $6, $7, $8, $9, case when $11 then gen_random_uuid() end, $12
         from unit u where u.code = 'T' || $3::text returning id`,
      [
        city.requirementId,
        city.periodId,
        index + 1,
        at(standing.opensAt),
        at(standing.deadline),
        at(standing.closesAt),
        standing.exempt ? 'Miễn' : null,
        at(standing.receivedAt),
        at(standing.firstAcceptedAt),
        at(standing.firstDeadline),
        standing.counted,
        standing.needsApproval,
      ],
    );
    const id = Number(rows[0]?.id);
    ids.push(id);
    if (standing.approved || standing.correctBy !== null) {
      await query(
        `with act as (
           insert into obligation_act (obligation_id, kind, account_id, at) select $1, 'approve', min(id), now() from account
           returning id)
         update obligation o set approved_act_id = case when $2 then act.id end,
                returned_act_id = case when $3::timestamptz is not null then act.id end, correct_by = $3
           from act where o.id = $1`,
        [id, standing.approved, at(standing.correctBy)],
      );
    }
    await query(
      `insert into submission (id, receipt_number, receipt_key, body_hash, obligation_id, form_version_id, account_id, payload, received_at, state)
       select $1::uuid, $1, $1, '', $2, $3, account.id, '{}', now(), $4 from account limit 1`,
      [randomUUID(), id, city.formVersionId, standing.awaitingDecision ? 'received' : 'rejected'],
    );
  }
  return ids;
}

function page(states: Parameters<ObligationReads['page']>[0]['standing']) {
  return reads.page({
    unitIds: null,
    requirement: null,
    period: null,
    standing: states,
    superiorUnitId: null,
    asking: false,
    after: null,
    limit: 1_000,
  });
}

describe('obligations in a state', () => {
  it('are those of which the domain says so, at any moment', async () => {
    const cases = fc.tuple(
      fc
        .array(standings, { minLength: 120, maxLength: 160, size: 'max' })
        .map((planted) => [lateWithPermission, ...planted]),
      fc.array(moments, { minLength: 6, maxLength: 6 }),
    );
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(cases, async ([planted, clocks]) => {
        const ids = await plant(planted);
        for (const now of clocks) {
          for (const state of OBLIGATION_STATES) {
            const expected = ids.filter((_id, index) => {
              const standing = planted[index];
              return standing !== undefined && obligationState(standing, now) === state;
            });
            if (expected.length > 0) seen.add(state);
            const found = (await page({ states: [state], at: now })).map(({ id }) => id);
            expect({ state, ids: [...found].sort((a, b) => a - b) }).toEqual({ state, ids: expected });
          }
          const all = await page({ states: OBLIGATION_STATES, at: now });
          expect(all).toHaveLength(planted.length);
        }
      }),
      { numRuns: 4, endOnFailure: true },
    );
    expect([...seen].sort()).toEqual([...OBLIGATION_STATES].sort());
  });
});
