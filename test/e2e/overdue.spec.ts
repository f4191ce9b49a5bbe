import type { NoticeListView } from '@mach/contracts';
import { Person } from '../support/system/person';
import { System } from '../support/system/system';
import { eventually } from '../support/eventually';
import type { CaughtMessage } from '../catcher/inbox';
import { aReport } from '../support/a-report';

const LATE = '11560-001';
const PUNCTUAL = '11560-002';
const COMMITTEE = '11560';
const UNACCENTED = /^[\x20-\x7e]+$/;

/** From due soon over overdue to escalation, day by day, as the people concerned receive it. */
describe('a report that stays away', () => {
  let system: System;
  let administrator: Person;
  let office: Person;

  beforeAll(async () => {
    system = await System.start();
    administrator = await Person.signIn(system.gatewayUrl, 'quantri');
    office = await Person.signIn(system.gatewayUrl, 'vanphong');
    // The other ten thousand units stay out of this story, or each step of the clock would write to all of
    // them.
    await system.sql(
      'update obligation set next_notice_at = null where unit_id not in (select id from unit where code = any($1))',
      [[LATE, PUNCTUAL]],
    );
  }, 60_000);

  afterAll(async () => {
    await system.stop();
  });

  async function caught(): Promise<readonly CaughtMessage[]> {
    const response = await fetch(`${system.catcherUrl}/messages?limit=1000`);
    return ((await response.json()) as { readonly messages: readonly CaughtMessage[] }).messages;
  }

  /**
   * Sets the clock and returns what arrived because of it, once the ledger's deliveries are settled and
   * `count` messages are there.
   */
  async function at(moment: string, count: number): Promise<readonly CaughtMessage[]> {
    const known = Math.max(0, ...(await caught()).map((message) => message.id));
    expect((await administrator.put('/clock', { now: moment })).status).toBe(200);
    await eventually(async () => {
      const [rows] = await system.sql<{ pending: number; due: number }>(
        `select (select count(*)::int from outbox) + (select count(*)::int from delivery where state = 'sending') as pending,
                (select count(*)::int from obligation where next_notice_at <= $1) as due`,
        [moment],
      );
      return (
        rows?.pending === 0 &&
        rows.due === 0 &&
        (await caught()).filter((message) => message.id > known).length >= count
      );
    }, 20_000);
    const fresh = (await caught()).filter((message) => message.id > known);
    expect(fresh).toHaveLength(count);
    return fresh;
  }

  it('reminds before the deadline, by e-mail, whoever has not reported', async () => {
    const messages = await at('2026-11-16T08:01:00+07:00', 2);
    expect(messages.map((message) => message.channel)).toEqual(['email', 'email']);
    const late = messages.find((message) => message.to.includes(LATE.toLowerCase()));
    expect(late?.subject).toContain('14-CTr/TU');
    expect(late?.text).toContain('17/11/2026');
  });

  it('stops what was planned when the report came in', async () => {
    const cell = await Person.signIn(system.gatewayUrl, PUNCTUAL);
    expect((await cell.submitAndWait(aReport(PUNCTUAL, {}))).state).toBe('accepted');
    const messages = await at('2026-11-17T08:01:00+07:00', 2);
    expect(messages.map((message) => message.channel).sort()).toEqual(['email', 'sms']);
    expect(messages.some((message) => message.to.includes(PUNCTUAL.toLowerCase()))).toBe(false);
  });

  it('writes e-mail and an unaccented SMS to clerk and head when the report is overdue', async () => {
    const messages = await at('2026-11-18T08:01:00+07:00', 4);
    const sms = messages.filter((message) => message.channel === 'sms');
    expect(sms).toHaveLength(2);
    for (const message of sms) {
      expect(message.text).toMatch(UNACCENTED);
      expect(message.text).toContain('14-CTr/TU');
      expect(message.text).toContain('17/11/2026');
      expect(message.segments).toBeLessThanOrEqual(2);
    }
    const email = messages.find((message) => message.channel === 'email');
    expect(email?.text).toMatch(/quá hạn|chưa nộp/);
  });

  it('escalates to the committee, then to the city office', async () => {
    const toCommittee = await at('2026-11-19T08:01:00+07:00', 2);
    expect(
      toCommittee.every((message) => message.channel === 'email' && message.to.includes(COMMITTEE)),
    ).toBe(true);
    const toCity = await at('2026-11-21T08:01:00+07:00', 2);
    expect(toCity.every((message) => message.channel === 'email')).toBe(true);
  });

  it('keeps one ledger row for each obligation, step and person', async () => {
    const { id } = await office.obligation(LATE);
    const { body } = await office.get<NoticeListView>(`/notices?obligation=${id}`);
    const rows = body.items.map((row) => `${row.step} ${row.contact.unit} ${row.contact.role}`);
    expect(new Set(rows).size).toBe(rows.length);
    expect(rows.filter((row) => row.startsWith('overdue'))).toHaveLength(2);
    const delivered = body.items.flatMap((row) => row.deliveries);
    expect(delivered.every((delivery) => ['sent', 'delivered'].includes(delivery.state))).toBe(true);
  });

  it('counts the late report as late', async () => {
    const cell = await Person.signIn(system.gatewayUrl, LATE);
    expect((await cell.submitAndWait(aReport(LATE, {}))).state).toBe('accepted');
    const view = await office.exactRollup(COMMITTEE, 2);
    expect(view.node.counts).toMatchObject({ accepted: 2, onTime: 1, late: 1 });
  });
});
