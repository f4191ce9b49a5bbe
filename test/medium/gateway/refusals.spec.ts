import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import type { ProblemDetails } from '@mach/contracts';
import { aSubmission, RunningGateway, type Answer } from './running-gateway';

let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await RunningGateway.start();
});

afterAll(async () => {
  await gateway.stop();
});

afterEach(async () => {
  expect(await gateway.countSubmissions()).toBe(0);
  expect(await gateway.countOutbox()).toBe(0);
});

const VIETNAMESE = /[ăâđêôơưàáạảãèéẹẻẽìíịỉĩòóọỏõùúụủũỳýỵỷỹấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự]/i;

/** Every refusal is RFC 9457 JSON in Vietnamese with a stable code. */
function expectProblem(answer: Answer<ProblemDetails>, status: number, code: string): void {
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.body).toMatchObject({ type: `urn:mach:problem:${code}`, status });
  expect(answer.body.title).toMatch(VIETNAMESE);
  expect(answer.body.detail).toMatch(VIETNAMESE);
}

function pointersOf(answer: Answer<ProblemDetails>): string[] {
  return (answer.body.errors ?? []).map(({ pointer }) => pointer);
}

async function post(body: string, headers: Record<string, string> = {}): Promise<Answer<ProblemDetails>> {
  return gateway.as('w1-1', 'POST', '/api/v1/reports', {
    body,
    headers: { 'idempotency-key': randomUUID(), ...headers },
  });
}

describe('what is refused at the door', () => {
  it('broken JSON', async () => {
    expectProblem(await post('{"requirement": "YC-THU", '), 400, 'request.malformedJson');
  });

  it('no body at all', async () => {
    expectProblem(await post(''), 400, 'request.malformedJson');
    const none = await gateway.as('w1-1', 'POST', '/api/v1/reports', {
      headers: { 'idempotency-key': randomUUID() },
    });
    expectProblem(none, 422, 'request.invalid');
  });

  it('NaN, which is no JSON', async () => {
    const body = JSON.stringify(aSubmission({ figures: { sessions: 4 } })).replace('4', 'NaN');
    expectProblem(await post(body), 400, 'request.malformedJson');
  });

  it('1e309, named by its place', async () => {
    const answer = await post(
      JSON.stringify(aSubmission({ figures: { sessions: 4 } })).replace(':4', ':1e309'),
    );
    expectProblem(answer, 422, 'request.invalid');
    expect(answer.body.errors).toEqual([
      expect.objectContaining({ pointer: '/figures/sessions', code: 'figure.notFinite' }),
    ]);
    expect(answer.body.errors?.[0]?.message).toMatch(VIETNAMESE);
  });

  it('a figure that is no number', async () => {
    for (const figure of ['bốn', '', '4,5', '0x10', 'Infinity', '１２', true, [4], {}.constructor.name]) {
      const answer = await gateway.submit('w1-1', { figures: { sessions: figure } });
      expectProblem(answer, 422, 'request.invalid');
      expect(pointersOf(answer)).toEqual(['/figures/sessions']);
    }
  });

  it('2 MB of text', async () => {
    expectProblem(
      await gateway.submit('w1-1', { narratives: { remarks: 'á'.repeat(1_000_000) } }),
      413,
      'request.tooLarge',
    );
  });

  it('a body over 256 KiB sent in pieces without a length', async () => {
    const { port } = new URL(gateway.url);
    const token = await gateway.tokenOf('w1-1');
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1');
      let text = '';
      socket.on('data', (data) => (text += data.toString()));
      socket.on('close', () => {
        resolve(text);
      });
      socket.on('error', (error) => {
        if (text === '') reject(error);
      });
      socket.write(
        `POST /api/v1/reports HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nIdempotency-Key: k\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n`,
      );
      const piece = 'a'.repeat(64 * 1024);
      for (let index = 0; index < 5; index += 1) socket.write(`${piece.length.toString(16)}\r\n${piece}\r\n`);
      socket.end('0\r\n\r\n');
    });
    expect(answer).toContain('413');
    expect(answer).toContain('request.tooLarge');
  });

  it('another content type, or none', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/xml',
    ]) {
      expectProblem(await post('a=1', { 'content-type': type }), 415, 'request.unsupportedMediaType');
    }
  });

  it('__proto__ and constructor.prototype, anywhere', async () => {
    for (const poisoned of [
      '{"__proto__":{"admin":true}}',
      '{"figures":{"__proto__":4}}',
      '{"figures":{"constructor":{"prototype":{}}}}',
    ]) {
      expectProblem(await post(poisoned), 400, 'request.malformedJson');
    }
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it('text that cannot be stored: U+0000 and half a surrogate pair', async () => {
    for (const remarks of ['a\u0000b', 'a\ud800b', '\udc00']) {
      const answer = await gateway.submit('w1-1', { narratives: { remarks } });
      expectProblem(answer, 422, 'request.invalid');
      expect(pointersOf(answer)).toEqual(['/narratives/remarks']);
    }
  });

  it('a body that is no object', async () => {
    for (const body of ['null', '[]', '"x"', '4', 'true'])
      expectProblem(await post(body), 422, 'request.invalid');
  });

  it('an Idempotency-Key that is missing, empty, too long or not printable', async () => {
    const missing = await gateway.as('w1-1', 'POST', '/api/v1/reports', { body: aSubmission() });
    expectProblem(missing, 400, 'idempotency.keyMissing');
    for (const key of ['', 'k'.repeat(201), 'kh\u00f3a'])
      expectProblem(await gateway.submit('w1-1', {}, key), 400, 'idempotency.keyMissing');
  });

  it('tells every missing and unknown field at once', async () => {
    const answer = await post('{"figures": {"sessions": "x"}, "extra/field": 1}');
    expectProblem(answer, 422, 'request.invalid');
    expect(pointersOf(answer).sort()).toEqual(
      [
        '/basedOn',
        '/extra~1field',
        '/figures/sessions',
        '/formVersion',
        '/period',
        '/requirement',
        '/unit',
      ].sort(),
    );
  });

  it('fields of the wrong type', async () => {
    const answer = await gateway.submit('w1-1', {
      requirement: 1,
      period: ['2026-11'],
      unit: {},
      formVersion: '1',
      basedOn: 'bản trước',
      figures: [],
      narratives: 'x',
    });
    expectProblem(answer, 422, 'request.invalid');
    expect(pointersOf(answer).sort()).toEqual([
      '/basedOn',
      '/figures',
      '/formVersion',
      '/narratives',
      '/period',
      '/requirement',
      '/unit',
    ]);
  });

  it.each([
    ['unit.unknown', 422, '/unit', { unit: 'W9' }],
    ['requirement.unknown', 422, '/requirement', { requirement: 'YC-LA' }],
    ['period.unknown', 422, '/period', { period: '2031-01' }],
    ['period.unknown', 422, '/period', { period: '2026-10' }],
    ['form.versionUnknown', 422, '/formVersion', { formVersion: 2 }],
    ['auth.forbidden', 403, '/unit', { unit: 'W1-2' }],
    ['auth.forbidden', 403, '/unit', { unit: 'W2-1' }],
    ['auth.forbidden', 403, '/unit', { unit: 'W1' }],
  ])('%s', async (code, status, pointer, overrides) => {
    const answer = await gateway.submit('w1-1', overrides);
    expectProblem(answer, status, code);
    expect(pointersOf(answer)).toEqual([pointer]);
  });

  it.each([
    ['report.exempt', '/unit', 'W2-2', 'Đơn vị được miễn báo cáo kỳ này, không cần gửi báo cáo.'],
    ['report.closed', '/period', 'W2-3', 'Kỳ báo cáo đã đóng lúc '],
    ['report.notAsked', '/unit', 'W2-4', 'không phải nộp báo cáo'],
  ])('%s for the unit concerned, in the words of the decision', async (code, pointer, unit, words) => {
    const answer = await gateway.submit('w2', { unit });
    expectProblem(answer, 409, code);
    expect(pointersOf(answer)).toEqual([pointer]);
    expect(answer.body.detail).toContain(words);
  });

  it('a report before its period opens, with the moment it does', async () => {
    await gateway.as('quantri', 'PUT', '/api/v1/clock', { body: { now: '2026-11-08T23:00:00+07:00' } });
    const answer = await gateway.submit('w1-1');
    await gateway.as('quantri', 'PUT', '/api/v1/clock', { body: { now: '2026-11-15T09:00:00+07:00' } });
    expectProblem(answer, 409, 'report.notYetOpen');
    expect(answer.body.detail).toContain('00:00 ngày 09/11/2026');
  });

  it('no session', async () => {
    const answer = await gateway.request('POST', '/api/v1/reports', {
      body: aSubmission(),
      headers: { 'idempotency-key': 'k' },
    });
    expectProblem(answer, 401, 'auth.required');
  });
});

describe("Fastify's own refusals", () => {
  it('come out as the same problem JSON', async () => {
    expectProblem(await gateway.as('w1-1', 'GET', '/api/v1/nothing'), 404, 'resource.notFound');
    expectProblem(await gateway.as('w1-1', 'DELETE', '/api/v1/reports'), 404, 'resource.notFound');
    expectProblem(await gateway.request('GET', '/elsewhere.js'), 404, 'resource.notFound');
    expectProblem(await gateway.as('w1-1', 'GET', '/api/v1/reports/%E0%A4%A'), 400, 'request.malformed');
    expectProblem(
      await gateway.as('w1-1', 'GET', `/api/v1/reports/${'x'.repeat(400)}`),
      404,
      'resource.notFound',
    );
  });

  it('and hostile addresses find nothing and break nothing', async () => {
    for (const path of [
      '/api/v1/reports/%00',
      '/api/v1/obligations/%00',
      '/api/v1/obligations/99999999999999999999',
      '/api/v1/rollups/%00/%00/%00',
      "/api/v1/rollups/YC-THU/2026-11/'; drop table unit; --",
    ]) {
      expectProblem(await gateway.as('vanphong', 'GET', path), 404, 'resource.notFound');
    }
    for (const query of [
      'unit=%00',
      'requirement=%00',
      'limit=0',
      'limit=1e9',
      'state=none',
      'cursor=x',
      'unknown=1',
      'period[]=1',
    ]) {
      expectProblem(
        await gateway.as('vanphong', 'GET', `/api/v1/obligations?${query}`),
        422,
        'request.invalid',
      );
    }
  });

  it('and what is no HTTP is told so', async () => {
    const { port } = new URL(gateway.url);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write('NOT HTTP\r\n\r\n'));
      let text = '';
      socket.on('data', (data) => (text += data.toString()));
      socket.on('close', () => {
        resolve(text);
      });
      socket.on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\nContent-Type: application\/problem\+json/);
    expect(answer).toContain('request.malformed');
  });
});
