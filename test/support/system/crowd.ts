import { randomBytes } from 'node:crypto';
import { Person } from './person';
import type { System } from './system';

export interface Reporter {
  /** Code of the unit that owes the report. */
  readonly unit: string;
  /** Its committee's session, which may report for it (nhập thay). */
  readonly by: Person;
}

/**
 * Everyone who owes a report, in the order of their obligations, each with a session of their committee; at most
 * `count`.
 */
export async function crowd(system: System, count: number): Promise<readonly Reporter[]> {
  const units = await system.sql<{ code: string; committee: string }>(
    `with recursive up as (
       select o.id, u.code, u.id as unit_id, u.level, u.code as top from obligation o join unit u on u.id = o.unit_id
       union all
       select up.id, up.code, p.id, p.level, p.code from up
         join unit_fact f on f.unit_id = up.unit_id and f.valid_to is null
         join unit p on p.id = f.parent_id
        where up.level <> 'committee')
     select code, top as committee from up where level = 'committee' order by id limit $1`,
    [count],
  );
  const committees = [...new Set(units.map((unit) => unit.committee))];
  const sessions = await sessionsOf(system, committees);
  return units.map(({ code, committee }) => {
    const by = sessions.get(committee);
    if (by === undefined) throw new Error(`${committee} did not sign in`);
    return { unit: code, by };
  });
}

/**
 * A session for each committee, written past the door: a hundred passwords would cost the machine as many fifths
 * of a second of processor time, before anything that is looked at here has begun.
 */
async function sessionsOf(system: System, committees: readonly string[]): Promise<Map<string, Person>> {
  const tokens = committees.map(() => randomBytes(32).toString('base64url'));
  await system.sql(
    `insert into session (token_hash, account_id, expires_at)
     select sha256(convert_to(given.token, 'utf8')), account.id, '2100-01-01'
     from unnest($1::text[], $2::text[]) given (username, token) join account using (username)`,
    [committees, tokens],
  );
  return new Map(
    committees.map((code, at) => [code, Person.withSession(system.gatewayUrl, tokens[at] ?? '', code)]),
  );
}
