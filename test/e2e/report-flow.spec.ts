import { randomUUID } from 'node:crypto';
import type { ProblemDetails, ReceiptView } from '@mach/contracts';
import { Person } from '../support/system/person';
import { System } from '../support/system/system';
import { aReport, quantityOf, ratioOf } from '../support/a-report';

describe('one report, all the way', () => {
  let system: System;
  let office: Person;

  beforeAll(async () => {
    system = await System.start();
    office = await Person.signIn(system.gatewayUrl, 'vanphong');
  }, 60_000);

  afterAll(async () => {
    await system.stop();
  });

  it('is served by a plain user of the database, in every service', async () => {
    const sessions = await system.sql<{ service: string; mighty: boolean; owns: boolean }>(
      `select distinct a.application_name as service, r.rolsuper or r.rolcreaterole or r.rolcreatedb as mighty,
         exists (select 1 from pg_class c where c.relowner = r.oid) as owns
       from pg_stat_activity a join pg_roles r on r.rolname = a.usename
       where a.datname = current_database() and a.application_name like 'mach-%' order by 1`,
    );
    expect(sessions).toEqual(
      ['mach-aggregator', 'mach-gateway', 'mach-notifier'].map((service) => ({
        service,
        mighty: false,
        owns: false,
      })),
    );
  });

  it('climbs from a cell over its committee to the city, and a correction replaces it exactly', async () => {
    const cell = await Person.signIn(system.gatewayUrl, '11560-001');
    const before = await office.rollup('HP');

    const first = await cell.submitAndWait(aReport('11560-001', { study_sessions: '3' }));
    expect(first).toMatchObject({ state: 'accepted', version: 1, reasons: [] });

    const committee = await office.exactRollup('11560', 1);
    const city = await office.exactRollup('HP', 1);
    expect(quantityOf(committee, 'study_sessions')).toBe('3');
    expect(quantityOf(city, 'study_sessions')).toBe('3');
    expect(ratioOf(city, 'study_attendance')).toEqual({
      numerator: '27',
      denominator: '30',
      percent: '90.0',
    });
    expect(city.node.counts).toMatchObject({
      expected: before.node.counts.expected,
      received: 1,
      accepted: 1,
      onTime: 1,
      late: 0,
      rejected: 0,
    });
    expect(city.node.computedAt).not.toBeNull();

    const correction = aReport('11560-001', {
      study_sessions: '1',
      study_attendance: { numerator: '20', denominator: '30' },
    });
    const unseen = await cell.submitAndWait(correction);
    expect(unseen).toMatchObject({
      state: 'rejected',
      reasons: [{ pointer: '/basedOn', code: 'report.baseChanged' }],
      overtakenBy: {
        receiptNumber: first.receiptNumber,
        version: 1,
        payload: { figures: { study_sessions: '3' } },
      },
    });
    const second = await cell.submitAndWait({ ...correction, basedOn: first.receiptNumber });
    expect(second).toMatchObject({ state: 'accepted', version: 2 });
    const corrected = await office.exactRollup('HP', 1);
    expect(quantityOf(corrected, 'study_sessions')).toBe('1');
    expect(ratioOf(corrected, 'study_attendance')).toMatchObject({ numerator: '20', denominator: '30' });
    expect((await cell.get(`/reports/${first.receiptNumber}`)).body).toMatchObject({
      state: 'superseded',
      version: 1,
    });
  });

  it('adds a committee’s own report to those of its cells, each once', async () => {
    const committee = await Person.signIn(system.gatewayUrl, '10525');
    await committee.submitAndWait(aReport('10525', { study_sessions: '5' }));
    await committee.submitAndWait(aReport('10525-001', { study_sessions: '2' }));
    const view = await office.exactRollup('10525', 2);
    expect(quantityOf(view, 'study_sessions')).toBe('7');
    expect(view.reports.map((report) => report.unit.code)).toContain('10525');
  });

  it('refuses a report that contradicts itself at the door, with every reason and nothing stored', async () => {
    const cell = await Person.signIn(system.gatewayUrl, '11557-001');
    const sent = aReport('11557-001', {
      study_attendance: { numerator: '31', denominator: '30' },
      recommendations_resolved: '9',
      broadcasts: '1.5',
      invented: '1',
    }).figures;
    const figures = Object.fromEntries(Object.entries(sent).filter(([code]) => code !== 'study_sessions'));
    const answer = (await cell.submit(
      { unit: '11557-001', figures, narratives: { results: 'Đã quán triệt.' } },
      randomUUID(),
    )) as { status: number; body: ReceiptView | ProblemDetails };
    const problem = answer.body as ProblemDetails;
    expect(answer.status).toBe(422);
    expect(problem.code).toBe('report.invalid');
    expect((problem.errors ?? []).map((reason) => reason.pointer).sort()).toEqual([
      '/figures/broadcasts',
      '/figures/invented',
      '/figures/recommendations_received',
      '/figures/study_attendance/numerator',
      '/figures/study_sessions',
    ]);
    for (const reason of problem.errors ?? []) expect(reason.message).toMatch(/[àáâãèéêìíòóôõùúýăđĩũơưạ-ỹ]/i);
    const view = await office.exactRollup('11557', 0);
    expect(view.node.counts).toMatchObject({ received: 0, accepted: 0, rejected: 0 });
  });

  it('rejects what is left out after the receipt, counts it as received, and leaves the figures alone', async () => {
    const cell = await Person.signIn(system.gatewayUrl, '11557-001');
    const sent = aReport('11557-001', {}).figures;
    const figures = Object.fromEntries(Object.entries(sent).filter(([code]) => code !== 'study_sessions'));
    const status = await cell.submitAndWait({
      unit: '11557-001',
      figures,
      narratives: { results: 'Đã quán triệt.' },
    });
    expect(status.state).toBe('rejected');
    expect(status.version).toBeNull();
    expect(status.reasons.map((reason) => reason.pointer)).toEqual(['/figures/study_sessions']);
    const view = await office.exactRollup('11557', 0);
    expect(view.node.counts).toMatchObject({ received: 1, accepted: 0, rejected: 1 });
    expect(quantityOf(view, 'study_sessions')).toBeNull();
  });

  it('takes the same request fifty times as one, and refuses its key for another body', async () => {
    const cell = await Person.signIn(system.gatewayUrl, '11533-001');
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => cell.submit(aReport('11533-001', {}), key)),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([202]));
    expect(new Set(answers.map((answer) => answer.body.receiptNumber)).size).toBe(1);
    expect(answers.filter((answer) => !answer.body.replayed)).toHaveLength(1);
    const status = await cell.decided(answers[0]?.body.receiptNumber ?? '');
    expect(status).toMatchObject({ state: 'accepted', version: 1 });

    const other = (await cell.submit(aReport('11533-001', { study_sessions: '9' }), key)) as {
      status: number;
      body: ReceiptView | ProblemDetails;
    };
    expect(other.status).toBe(422);
    expect(other.body).toMatchObject({ code: 'idempotency.keyReused' });
    const rows = await system.sql<{ n: number }>(
      `select count(*)::int as n from submission s join obligation o on o.id = s.obligation_id join unit u on u.id = o.unit_id where u.code = $1`,
      ['11533-001'],
    );
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('shows a person their own subtree only', async () => {
    const cell = await Person.signIn(system.gatewayUrl, '11560-002');
    expect((await cell.submit(aReport('11560-003', {}))).status).toBe(403);
    expect((await cell.get(`/rollups/14-CTR-TU-THANG/2026-11/HP`)).status).toBe(403);
    const committee = await Person.signIn(system.gatewayUrl, '11560');
    expect((await committee.submit(aReport('11557-002', {}))).status).toBe(403);
    expect((await committee.get(`/rollups/14-CTR-TU-THANG/2026-11/11557`)).status).toBe(403);
    expect((await committee.submit(aReport('11560-003', {}))).status).toBe(202);
    expect((await office.submit(aReport('11560-004', {}))).status).toBe(403);
  });
});
