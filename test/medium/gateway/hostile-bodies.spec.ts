import { randomUUID } from 'node:crypto';
import type { ProblemDetails } from '@mach/contracts';
import { aSubmission, RunningGateway, type Answer } from './running-gateway';

let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await RunningGateway.start();
});

afterAll(async () => {
  expect(await gateway.countSubmissions()).toBe(0);
  await gateway.stop();
});

const SMALL = 20_000;

function unknownFields(count: number): object {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`field_${String(index)}`, 'x']));
}

async function report(body: string | Uint8Array, type = 'application/json'): Promise<Answer<ProblemDetails>> {
  const response = await fetch(`${gateway.url}/api/v1/reports`, {
    method: 'POST',
    headers: {
      'content-type': type,
      'idempotency-key': randomUUID(),
      authorization: `Bearer ${await gateway.tokenOf('w1-1')}`,
    },
    body,
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: JSON.parse(text) as ProblemDetails,
  };
}

describe('a body that asks for more than an answer is worth', () => {
  it('of a stranger is not even read: 40 with 28,500 unknown fields each', async () => {
    const body = JSON.stringify({ username: 'w1', password: 'x', ...unknownFields(28_500) });
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => gateway.request('POST', '/api/v1/session', { body })),
    );
    for (const { status, body: problem, text } of answers) {
      expect({ status, code: problem.code }).toEqual({ status: 413, code: 'request.tooLarge' });
      expect(text.length).toBeLessThan(1_000);
    }
  });

  it.each([
    ['a report', 'w1-1', '/api/v1/reports'],
    ['a form', 'quantri', '/api/v1/forms'],
  ])('gets fifty faults of %s named and the others counted', async (_what, username, path) => {
    const answer = await gateway.as(username, 'POST', path, {
      headers: { 'idempotency-key': 'k' },
      body: unknownFields(9_000),
    });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toHaveLength(51);
    expect(answer.body.errors?.at(-1)).toMatchObject({
      code: 'request.moreErrors',
      message: expect.stringMatching(/^Còn 8\.9\d\d lỗi khác/) as string,
    });
    expect(answer.text.length).toBeLessThan(SMALL);
  });

  it('with more than 10,000 names is refused as a whole', async () => {
    const answer = await gateway.as('quantri', 'POST', '/api/v1/forms', { body: unknownFields(10_001) });
    expect(answer.body).toMatchObject({ status: 400, code: 'request.malformedJson' });
    expect(answer.text.length).toBeLessThan(1_000);
  });

  it.each([
    ['/api/v1/session', '[]'],
    ['/api/v1/session', '{"username":[]}'],
    ['/api/v1/reports', '{"figures":[]}'],
    ['/api/v1/forms', '{"definition":[]}'],
    ['/api/v1/units', '{"tile":[]}'],
    ['/api/v1/plans', '{"carriesOut":[]}'],
    ['/api/v1/requirements', '{"deadlineRule":[]}'],
    ['/api/v1/reminder-policies', '{"definition":[]}'],
    ['/api/v1/contacts', '{"name":[]}'],
  ])('nested 1,500 levels deep is refused with words at %s', async (path, body) => {
    const deep = `${'['.repeat(1_500)}${']'.repeat(1_500)}`;
    const answer = await gateway.as('quantri', 'POST', path, { body: body.replace('[]', deep) });
    expect(answer.body).toMatchObject({ status: 400, code: 'request.malformedJson' });
    expect(answer.body.detail).toContain('lồng nhau');
  });

  it('has a limit of its own on every route', async () => {
    const padded = (bytes: number): string => JSON.stringify({ pad: 'a'.repeat(bytes) });
    for (const [path, kilobytes] of [
      ['/api/v1/session', 4],
      ['/api/v1/units', 32],
      ['/api/v1/forms', 256],
      ['/api/v1/reports', 256],
    ] as const) {
      const over = await gateway.as('quantri', 'POST', path, { body: padded(kilobytes * 1_024) });
      expect({ path, status: over.status }).toEqual({ path, status: 413 });
      const below = await gateway.as('quantri', 'POST', path, { body: padded(kilobytes * 1_024 - 100) });
      expect({ path, fits: below.status !== 413 && below.status < 500 }).toEqual({ path, fits: true });
    }
  });
});

describe('a body that says one thing and may be read as another', () => {
  it('is refused when its bytes are no UTF-8', async () => {
    const bytes = Buffer.from(JSON.stringify(aSubmission({ narratives: { remarks: 'xấu?' } })));
    bytes[bytes.indexOf('?')] = 0xe1;
    const answer = await report(bytes);
    expect(answer.body).toMatchObject({ status: 400, code: 'request.malformedJson' });
    expect(answer.body.detail).toContain('UTF-8');
  });

  it('is refused in another charset', async () => {
    const body = JSON.stringify(aSubmission({ unit: 'W9' }));
    for (const charset of ['utf-16', 'windows-1258', '"iso-8859-1"']) {
      const answer = await report(body, `application/json; charset=${charset}`);
      expect(answer.body).toMatchObject({ status: 415, code: 'request.unsupportedMediaType' });
    }
    for (const type of ['application/json;charset=UTF-8', 'application/json; charset="utf-8"']) {
      expect((await report(body, type)).body.code).toBe('unit.unknown');
    }
  });

  it('is refused when a name stands in it twice', async () => {
    const body = JSON.stringify(aSubmission());
    for (const twice of [
      body.replace('{', '{"unit":"W1-2",'),
      body.replace('"sessions":4', '"sessions":4,"\\u0073essions":5'),
      body.replace('"numerator":30', '"numerator":30,"numerator":31'),
    ]) {
      const answer = await report(twice);
      expect(answer.body).toMatchObject({ status: 400, code: 'request.malformedJson' });
      expect(answer.body.detail).toContain('hai lần');
    }
  });
});

describe('text that is no plain line', () => {
  const UNPLAIN = [
    'a\r\nBcc: x@y.vn',
    'a\u001b[2J',
    'a\tb',
    'a\u007f',
    'a\u0085',
    'a\u202eb',
    'a\u2066b',
    'a\u200f',
  ];

  it.each([
    [
      '/api/v1/units',
      'name',
      { code: 'W1-9', level: 'cell', kind: 'residential', parent: 'W1', validFrom: '2026-01-01' },
    ],
    ['/api/v1/contacts', 'name', { unit: 'W1', role: 'clerk', email: 'a@b.vn' }],
    [
      '/api/v1/plans',
      'title',
      { type: 'KH', number: 7, issuer: 'HP', term: '2025-2030', issuedOn: '2026-01-01' },
    ],
    ['/api/v1/forms', 'title', { code: 'BM-MOI', definition: { indicators: [], narratives: [], rules: [] } }],
    ['/api/v1/reminder-policies', 'title', { code: 'QT-MOI', definition: {} }],
    ['/api/v1/session', 'username', { password: 'x' }],
  ])('is refused at %s, with its place', async (path, field, others) => {
    for (const text of UNPLAIN) {
      const answer = await gateway.as('quantri', 'POST', path, { body: { ...others, [field]: text } });
      expect(answer.body).toMatchObject({ status: 422, code: 'request.invalid' });
      expect(answer.body.errors).toEqual([
        expect.objectContaining({ pointer: `/${field}`, code: 'request.unreadableText' }),
      ]);
    }
  });

  it('is refused in names of fields, deep inside, and in queries', async () => {
    for (const [body, pointer] of [
      [{ definition: { indicators: [{ label: 'a\u202eb' }] } }, '/definition/indicators/0/label'],
      [{ definition: { 'a\nb': 1 } }, '/definition'],
    ] as const) {
      const answer = await gateway.as('quantri', 'POST', '/api/v1/forms', { body });
      expect(answer.body.errors?.map((error) => error.pointer)).toEqual([pointer]);
    }
    for (const level of ['cell%0a', '%00', '%e2%80%ae', '%1b']) {
      const answer = await gateway.as('quantri', 'GET', `/api/v1/units?level=${level}`);
      expect(answer.body.errors).toEqual([
        expect.objectContaining({ pointer: '/level', code: 'request.unreadableText' }),
      ]);
    }
  });

  it('is refused in the prose of a report, but for line breaks and tabs', async () => {
    for (const remarks of ['a\u001b[2J', 'a\u0000', 'a\u0085']) {
      const answer = await gateway.submit('w1-1', { narratives: { remarks } });
      expect(answer.body.errors).toEqual([
        expect.objectContaining({ pointer: '/narratives/remarks', code: 'narrative.unreadableText' }),
      ]);
    }
    const prose = await gateway.submit('w1-1', { unit: 'W9', narratives: { remarks: 'Một.\r\n\tHai.\n' } });
    expect(prose.body.code).toBe('unit.unknown');
  });

  it('is found at no address', async () => {
    for (const path of [
      '/api/v1/forms/%00',
      '/api/v1/units/%00',
      '/api/v1/units/%0d%0a',
      '/api/v1/requirements/%00/periods/%00',
      '/api/v1/rollups/%00/%00/%00',
      '/%00',
      '/bao-cao/%1b',
      '/bao-cao/%251b%1b',
    ]) {
      const answer = await gateway.as('quantri', 'GET', path);
      expect({ path, status: answer.status, code: answer.body.code }).toEqual({
        path,
        status: 404,
        code: 'resource.notFound',
      });
    }
    for (const path of ['/%', '/a%zz', '/bao-cao/%e1', '/api/v1/forms/%e1%ff']) {
      const answer = await gateway.as('quantri', 'GET', path);
      expect({ path, status: answer.status, code: answer.body.code }).toEqual({
        path,
        status: 400,
        code: 'request.malformed',
      });
    }
    const posted = await gateway.as('quantri', 'POST', '/api/v1/forms/%00/versions', {
      body: { definition: {} },
    });
    expect(posted.status).toBe(404);
  });
});
