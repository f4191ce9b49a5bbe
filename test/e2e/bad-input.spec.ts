import { Person, PERIOD, REQUIREMENT } from '../support/system/person';
import { System } from '../support/system/system';
import { aReport } from '../support/a-report';

describe('what bad input gets', () => {
  let system: System;
  let cell: Person;

  beforeAll(async () => {
    system = await System.start();
    cell = await Person.signIn(system.gatewayUrl, '11560-001');
  }, 60_000);

  afterAll(async () => {
    await system.stop();
  });

  const good = {
    requirement: REQUIREMENT,
    period: PERIOD,
    formVersion: 1,
    basedOn: null,
    ...aReport('11560-001', {}),
  };
  const withFigure = (text: string): string =>
    JSON.stringify(good).replace('"study_sessions":"2"', `"study_sessions":${text}`);

  const cases: readonly {
    readonly what: string;
    readonly body: string;
    readonly status: number;
    readonly code: string;
    readonly pointer?: string;
    readonly headers?: Readonly<Record<string, string | null>>;
  }[] = [
    {
      what: 'an unknown unit',
      body: JSON.stringify({ ...good, unit: 'KHONG-CO' }),
      status: 422,
      code: 'unit.unknown',
      pointer: '/unit',
    },
    {
      what: 'an unknown period',
      body: JSON.stringify({ ...good, period: '2031-01' }),
      status: 422,
      code: 'period.unknown',
      pointer: '/period',
    },
    {
      what: 'an unknown requirement',
      body: JSON.stringify({ ...good, requirement: 'X' }),
      status: 422,
      code: 'requirement.unknown',
      pointer: '/requirement',
    },
    {
      what: 'an unknown form version',
      body: JSON.stringify({ ...good, formVersion: 99 }),
      status: 422,
      code: 'form.versionUnknown',
      pointer: '/formVersion',
    },
    {
      what: 'a figure that is no number',
      body: withFigure('"ba buổi"'),
      status: 422,
      code: 'request.invalid',
      pointer: '/figures/study_sessions',
    },
    {
      what: 'the text NaN',
      body: withFigure('"NaN"'),
      status: 422,
      code: 'request.invalid',
      pointer: '/figures/study_sessions',
    },
    { what: 'a bare NaN', body: withFigure('NaN'), status: 400, code: 'request.malformedJson' },
    {
      what: '1e309',
      body: withFigure('1e309'),
      status: 422,
      code: 'request.invalid',
      pointer: '/figures/study_sessions',
    },
    {
      what: 'a nested object for a figure',
      body: withFigure('{"a":{"b":1}}'),
      status: 422,
      code: 'request.invalid',
      pointer: '/figures/study_sessions',
    },
    { what: 'broken JSON', body: '{"requirement": ', status: 400, code: 'request.malformedJson' },
    { what: 'an array', body: '[]', status: 422, code: 'request.invalid' },
    {
      what: 'a text of 2 MB',
      body: JSON.stringify({ ...good, narratives: { results: 'a'.repeat(2_000_000) } }),
      status: 413,
      code: 'request.tooLarge',
    },
    {
      what: 'a body just over the limit',
      body: JSON.stringify({ ...good, pad: 'a'.repeat(256 * 1024) }),
      status: 413,
      code: 'request.tooLarge',
    },
    {
      what: 'no key',
      body: JSON.stringify(good),
      status: 400,
      code: 'idempotency.keyMissing',
      headers: { 'idempotency-key': null },
    },
    {
      what: 'another unit’s obligation',
      body: JSON.stringify({ ...good, unit: '11560-002' }),
      status: 403,
      code: 'auth.forbidden',
    },
    {
      what: 'plain text',
      body: 'báo cáo',
      status: 415,
      code: 'request.unsupportedMediaType',
      headers: { 'content-type': 'text/plain' },
    },
    {
      what: 'nobody signed in',
      body: JSON.stringify(good),
      status: 401,
      code: 'auth.required',
      headers: { authorization: null },
    },
    {
      what: 'a forged token',
      body: JSON.stringify(good),
      status: 401,
      code: 'auth.required',
      headers: { authorization: 'Bearer AAAA' },
    },
  ];

  it.each(cases)(
    'refuses $what with $status $code, in Vietnamese, naming the field',
    async ({ body, status, code, pointer, headers }) => {
      const answer = await cell.post('/reports', body, headers ?? {});
      expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
      expect(answer.contentType).toContain('application/problem+json');
      expect(answer.body).toMatchObject({ status, type: `urn:mach:problem:${code}` });
      expect(answer.body.detail).toMatch(/[àáâãèéêìíòóôõùúýăđĩũơưạ-ỹ]/i);
      if (pointer !== undefined) expect(answer.body.errors?.map((error) => error.pointer)).toContain(pointer);
    },
  );

  it('stores nothing of all that, and still works', async () => {
    expect(await system.sql('select id from submission')).toEqual([]);
    expect(await system.sql('select id from outbox')).toEqual([]);
    expect((await cell.submitAndWait(aReport('11560-001', {}))).state).toBe('accepted');
  });

  it('refuses a closed obligation', async () => {
    const administrator = await Person.signIn(system.gatewayUrl, 'quantri');
    expect((await administrator.put('/clock', { now: '2027-02-01T08:00:00+07:00' })).status).toBe(200);
    const answer = await cell.submit(aReport('11560-001', {}));
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ code: 'report.closed' });
    expect(await system.sql('select id from submission')).toHaveLength(1);
  });
});
