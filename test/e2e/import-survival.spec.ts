import type { ImportView, RollupView } from '@mach/contracts';
import { Redis } from 'ioredis';
import { eventually } from '../support/eventually';
import { testServers } from '../support/servers';
import { PERIOD, Person, REQUIREMENT } from '../support/system/person';
import type { ServiceProcess } from '../support/system/processes';
import { System } from '../support/system/system';

const ROWS = 10_000;
const PATIENCE_MS = 240_000;
const PEOPLE = ['nhap-mot', 'nhap-hai'] as const;

/**
 * A table of ten thousand reports, handed in twice, while both aggregators are killed during its dry run and while it is
 * applied, and Redis is emptied each time. It must end as if nothing had happened.
 */
describe('an import in the midst of which everything fails', () => {
  let system: System;
  let another: ServiceProcess;
  let people: readonly Person[];

  beforeAll(async () => {
    system = await System.start();
    another = await system.anotherAggregator();
    for (const name of PEOPLE)
      await system.sql(
        `insert into account (username, password_hash, role, unit_id, display_name)
         select $1, a.password_hash, 'committee', u.id, $1 from account a, unit u where a.username = '11560' and u.level = 'city'`,
        [name],
      );
    people = await Promise.all(PEOPLE.map((name) => Person.signIn(system.gatewayUrl, name)));
  }, 90_000);

  afterAll(async () => {
    await another.stop();
    await system.stop();
  }, 60_000);

  async function emptyRedis(): Promise<void> {
    const redis = new Redis(testServers().redisUrl);
    await redis.flushall();
    await redis.quit();
  }

  async function failing(service: ServiceProcess): Promise<void> {
    await service.kill();
    await emptyRedis();
    await service.start();
  }

  async function counted(statement: string, parameters: readonly unknown[] = []): Promise<number> {
    const [row] = await system.sql<{ n: number }>(`select count(*)::int as n from ${statement}`, parameters);
    return row?.n ?? 0;
  }

  async function until(id: string, holds: (view: ImportView) => boolean): Promise<ImportView> {
    return eventually(async () => {
      const { body } = await person(0).get<ImportView>(`/imports/${id}`);
      return holds(body) ? body : false;
    }, PATIENCE_MS);
  }

  function person(index: number): Person {
    const found = people[index];
    if (found === undefined) throw new Error('two people signed in');
    return found;
  }

  async function handedIn(by: Person, table: string): Promise<string> {
    const asked = new URLSearchParams({
      requirement: REQUIREMENT,
      period: PERIOD,
      formVersion: '1',
      fileName: 'thanh-pho.ndjson',
    });
    const { status, body } = await by.post<ImportView>(`/imports?${asked.toString()}`, table, {
      'content-type': 'application/x-ndjson',
    });
    expect(status).toBe(202);
    return body.id;
  }

  const apply = (by: Person, id: string) => by.post<ImportView>(`/imports/${id}/apply`, '{}');

  it('ends as if nothing had happened', async () => {
    const units = await system.sql<{ code: string }>(
      `select u.code from obligation o join unit u on u.id = o.unit_id join requirement r on r.id = o.requirement_id
        where r.code = $1 order by u.code limit $2`,
      [REQUIREMENT, ROWS],
    );
    expect(units).toHaveLength(ROWS);
    const table = units
      .map(({ code }, index) => JSON.stringify({ unit: code, ...reportOf(index) }))
      .join('\n');

    // The dry run: whichever of the two has it is killed in its midst, and then the other.
    const id = await handedIn(person(0), table);
    for (const [rows, service] of [
      [1_000, system.aggregator],
      [4_000, another],
    ] as const) {
      await eventually(
        async () => (await counted('import_row where import_id = $1', [id])) >= rows,
        PATIENCE_MS,
      );
      await failing(service);
    }
    const ready = await until(id, ({ state }) => state === 'ready');
    expect(ready.counts).toMatchObject({
      total: ROWS,
      verdicts: { new: ROWS, correction: 0, same: 0, refused: 0 },
    });
    expect(
      await counted('(select distinct row_no, unit_code from import_row where import_id = $1) r', [id]),
    ).toBe(ROWS);

    // The same file once more, while nothing of the first is applied; and two people apply them.
    const twin = await handedIn(person(1), table);
    await until(twin, ({ state, counts }) => state === 'ready' && counts.verdicts.new === ROWS);
    const answers = await Promise.all([apply(person(0), id), apply(person(1), id), apply(person(1), twin)]);
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    for (const [receipts, service] of [
      [1_500, system.aggregator],
      [4_000, another],
      [7_000, system.aggregator],
    ] as const) {
      await eventually(async () => (await counted('submission')) >= receipts, PATIENCE_MS);
      await failing(service);
    }
    const cancelled = await person(0).post<ImportView>(`/imports/${twin}/cancel`, '{}');
    expect([200, 409]).toContain(cancelled.status);
    await until(id, ({ state, counts }) => state === 'applied' && counts.outcomes.received === 0);
    const twice = await until(twin, ({ counts }) => counts.outcomes.received === 0);

    // Each row was received once, each unit has one report that counts, and nothing waits anywhere.
    const applied = (await person(0).get<ImportView>(`/imports/${id}`)).body;
    const { accepted, rejected } = applied.counts.outcomes;
    expect([accepted + rejected, applied.counts.withheld]).toEqual([ROWS, 0]);
    expect(accepted + twice.counts.outcomes.accepted).toBe(ROWS);
    const [sent] = await system.sql<{
      submissions: number;
      keys: number;
      receipts: number;
      counting: number;
    }>(
      `select count(*)::int as submissions, count(distinct s.receipt_key)::int as keys,
         (select count(*)::int from import_row where receipt_number is not null) as receipts,
         (select count(*)::int from obligation where accepted_submission_id is not null) as counting
       from submission s`,
    );
    expect(sent).toEqual({
      submissions: sent?.receipts,
      keys: sent?.receipts,
      receipts: sent?.receipts,
      counting: ROWS,
    });
    const city = await eventually(async () => {
      const view = await person(0).rollup('HP');
      return view.node.exact && view.node.counts.accepted === ROWS ? view : false;
    }, PATIENCE_MS);
    expect(figure(city, 'study_attendance')).toEqual(expectedAttendance());
    const [left] = await system.sql<{ outbox: number; undecided: number; dirty: number }>(
      `select (select count(*)::int from outbox where queue = 'intake') as outbox,
              (select count(*)::int from submission where state = 'received') as undecided,
              (select count(*)::int from rollup_node where dirty_seq > computed_seq) as dirty`,
    );
    expect(left).toEqual({ outbox: 0, undecided: 0, dirty: 0 });
  }, 600_000);
});

const attendees = (index: number): number => 12 + (index % 23);
const members = (index: number): number => 15 + (index % 23);

/** A sound report that needs no reason, its figures by `index` alone. */
function reportOf(index: number): object {
  return {
    figures: {
      study_sessions: 1 + (index % 3),
      study_attendance: { numerator: attendees(index), denominator: members(index) },
      broadcasts: index % 7,
      articles: index % 4,
      social_posts: index % 11,
      dialogues: index % 2,
      recommendations_received: 0,
      recommendations_resolved: 0,
      recommendations_pending: 0,
      members_admitted: { numerator: 1, denominator: 2 },
      enterprise_organisations_founded: 0,
      enterprise_members_admitted: 0,
      inspections: { numerator: 0, denominator: 1 },
      spending: '1250',
    },
    narratives: { results: 'Chi bộ đã quán triệt nội dung Chương trình hành động tới toàn thể đảng viên.' },
  };
}

function expectedAttendance(): { numerator: string; denominator: string } {
  let [numerator, denominator] = [0, 0];
  for (let index = 0; index < ROWS; index += 1) {
    numerator += attendees(index);
    denominator += members(index);
  }
  return { numerator: String(numerator), denominator: String(denominator) };
}

function figure({ figures }: RollupView, code: string): object {
  const found = figures.find((each) => each.code === code);
  if (found?.type !== 'ratio') throw new Error(`the city shows no ${code}`);
  const { numerator, denominator } = found;
  return { numerator, denominator };
}
