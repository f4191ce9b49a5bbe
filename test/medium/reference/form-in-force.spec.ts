import { randomUUID } from 'node:crypto';
import type {
  FormView,
  ObligationDetailView,
  ObligationView,
  ProblemDetails,
  RequirementAdministrationView,
  RollupView,
} from '@mach/contracts';
import { DecisionStore, RollupStore, Transactions } from '@mach/persistence';
import { FORM, REQUIREMENT } from '../gateway/small-city';
import { type Answer, aSubmission, RunningGateway } from '../gateway/running-gateway';

jest.setTimeout(30_000);

let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await RunningGateway.start();
  const cells = { cell: { kind: 'workingDaysAfterCutoff', days: 2, at: '17:00' } };
  await gateway.database.dataSource.query(`update requirement set deadline_rule = $1`, [cells]);
});

afterAll(async () => {
  await gateway.stop();
});

const as = <T = ProblemDetails>(
  user: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer<T>> => gateway.as<T>(user, method, `/api/v1${path}`, body === undefined ? {} : { body });
const goOn = (version: number, from: string) =>
  as<RequirementAdministrationView & ProblemDetails>(
    'quantri',
    'POST',
    `/requirements/${REQUIREMENT}/forms`,
    { version, from },
  );
const faults = (answer: Answer<ProblemDetails>) =>
  (answer.body.errors ?? []).map(({ pointer, code }) => [pointer, code]);

describe('a requirement that goes on to a later version of its form', () => {
  it('asks for it from the period on, and never in one that is opened', async () => {
    const second = { ...FORM, indicators: [FORM.indicators[1], FORM.indicators[0]] };
    expect(
      (await as<FormView>('quantri', 'POST', '/forms/BM-THU/versions', { definition: second })).status,
    ).toBe(201);
    expect(faults(await goOn(2, '2026-11'))).toEqual([['/from', 'form.periodOpened']]);
    expect(faults(await goOn(2, '2026-10'))).toEqual([['/from', 'form.periodOpened']]);
    expect(faults(await goOn(3, '2026-12'))).toEqual([['/version', 'form.versionUnknown']]);
    expect(faults(await goOn(2, '2026-13'))).toEqual([['/from', 'period.unknown']]);
    const unseen = await as('quantri', 'POST', `/requirements/${REQUIREMENT}/forms`, {
      version: 2,
      from: '2026-12',
      basedOn: 2,
    });
    expect([unseen.status, unseen.body.code]).toEqual([412, 'reference.baseChanged']);
    const gone = await as<RequirementAdministrationView>(
      'quantri',
      'POST',
      `/requirements/${REQUIREMENT}/forms`,
      { version: 2, from: '2026-12', basedOn: 1 },
    );
    expect([gone.status, gone.body.form.version, gone.body.laterForms]).toEqual([
      200,
      1,
      [{ version: 2, effectiveFrom: '2026-11-15' }],
    ]);
    expect((await as('quantri', 'POST', `/requirements/${REQUIREMENT}/periods/2026-12/open`)).status).toBe(
      200,
    );
    expect(faults(await goOn(1, '2026-12'))).toEqual([['/from', 'form.periodOpened']]);
  });

  it('shows each period with its own version: the form, the figures, and what deciding and adding up go by', async () => {
    const ofUnit = async (period: string) => {
      const listed = await as<ObligationView[]>('w1-1', 'GET', `/obligations?unit=W1-1&period=${period}`);
      const id = listed.body[0]?.id ?? '';
      const { body } = await as<ObligationDetailView>('w1-1', 'GET', `/obligations/${id}`);
      return { id, version: body.formVersion, first: body.definition.indicators[0]?.code };
    };
    const [november, december] = [await ofUnit('2026-11'), await ofUnit('2026-12')];
    expect(november).toMatchObject({ version: 1, first: 'sessions' });
    expect(december).toMatchObject({ version: 2, first: 'attendance' });

    const rollup = async (period: string) =>
      (await as<RollupView>('vanphong', 'GET', `/rollups/${REQUIREMENT}/${period}/W1`)).body.indicators[0]
        ?.code;
    expect([await rollup('2026-11'), await rollup('2026-12')]).toEqual(['sessions', 'attendance']);

    const { dataSource } = gateway.database;
    const versions = await dataSource.query<{ id: string }[]>(`select id from form_version order by version`);
    const periods = await dataSource.query<{ id: number; requirement: string }[]>(
      `select p.id, r.id as requirement from period p, requirement r where r.code = $1 and p.key >= '2026-11' order by p.key`,
      [REQUIREMENT],
    );
    const rollups = new RollupStore(dataSource, new Transactions(dataSource));
    const subjects = await Promise.all(
      periods.map(({ id, requirement }) => rollups.subject({ requirementId: requirement, periodId: id })),
    );
    expect(subjects.map((subject) => subject?.formVersionId)).toEqual(versions.map(({ id }) => id));

    const ids = [november.id, december.id].map(() => randomUUID());
    for (const [index, { id }] of [november, december].entries())
      await dataSource.query(
        `insert into submission (id, receipt_number, receipt_key, body_hash, obligation_id, form_version_id, account_id, payload, received_at)
         select $1::uuid, $1::text, $1::text, '', $2, $3, min(id), '{}', now() from account`,
        [ids[index], id, versions[0]?.id],
      );
    const inHand = await new Transactions(dataSource).run((tx) => new DecisionStore().load(tx, ids));
    expect(inHand.obligations.map(({ formVersionId }) => formVersionId)).toEqual(
      versions.map(({ id }) => id),
    );
  });

  it('takes in a report on the version of its period, and no other', async () => {
    const send = (period: string, formVersion: number) =>
      gateway.as('w1-1', 'POST', '/api/v1/reports', {
        body: { ...aSubmission(), unit: 'W1-1', period, formVersion },
        headers: { 'idempotency-key': randomUUID() },
      });
    expect((await send('2026-11', 2)).body.code).toBe('form.versionUnknown');
    expect((await send('2026-12', 1)).body.code).toBe('form.versionUnknown');
    expect((await send('2026-11', 1)).status).toBe(202);
    // December's window is not open yet: that is looked at after the form.
    expect((await send('2026-12', 2)).body.code).toBe('report.notYetOpen');
  });
});
