import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { ReceiptView } from '@mach/contracts';
import { ACCOUNT_OF } from './access-table';
import { withRoutesOf, type RegisteredRoute } from './registered-routes';
import { aSubmission, RunningGateway } from './running-gateway';
import { FORM, PERIOD, REQUIREMENT } from './small-city';

jest.setTimeout(120_000);

let gateway: RunningGateway;
let routes: readonly RegisteredRoute[];
let known: readonly string[];

beforeAll(async () => {
  ({ started: gateway, routes } = await withRoutesOf(() => RunningGateway.start()));
  const receipt = (await gateway.submit<ReceiptView>('w1-1')).body.receiptNumber;
  known = [
    'W1',
    'W1-1',
    REQUIREMENT,
    PERIOD,
    'BM-THU',
    String(gateway.city.obligationId('W1-1')),
    receipt,
    '1',
  ];
});

afterAll(async () => {
  await gateway.stop();
});

/** What the queries of our routes ask for. */
const NAMES = [
  'what',
  'q',
  'unit',
  'state',
  'period',
  'requirement',
  'limit',
  'cursor',
  'after',
  'asOf',
  'level',
  'obligation',
  'view',
];
const AT_ONCE = 16;
/** One indicator and one narrative are as good as many, and far fewer requests. */
const SMALL_FORM = { ...FORM, indicators: FORM.indicators.slice(0, 1) };

/** A request as it goes over the wire. */
interface Sent {
  readonly role: keyof typeof ACCOUNT_OF | 'nobody';
  readonly method: string;
  readonly path: string;
  /** Undefined for none. */
  readonly body?: string;
}

/** Bodies that are taken as they are, to be spoiled in one place. A route that is not here gets arbitrary ones. */
const GOOD_BODIES: Readonly<Record<string, object>> = {
  'POST /api/v1/session': { username: 'w1', password: 'sai' },
  'PUT /api/v1/clock': { now: '2026-11-15T09:00:00+07:00' },
  'POST /api/v1/reports': aSubmission(),
  'PUT /api/v1/obligations/:id/draft': {
    basedOn: 1,
    formVersion: 1,
    startedFrom: 'PTN-2611-7KQ4-9MXD',
    figures: { sessions: '4' },
    narratives: { remarks: 'Học tập nghiêm túc.' },
    explanations: { rule: 'Lý do' },
    attachments: ['tep-1'],
    nil: false,
    prefilled: ['sessions'],
  },
  'POST /api/v1/rollups/:requirement/:period/:unit/signatures': {
    base: '0'.repeat(64),
    signer: 'Nguyễn Văn A',
    adjustments: [{ ref: 'attendance.numerator', by: '-3', reason: 'Báo cáo giấy' }],
    explanations: [{ rule: 'seats', reason: 'Lý do' }],
    missing: 9,
  },
  'POST /api/v1/obligations/:id/approval': { version: 1 },
  'POST /api/v1/obligations/:id/return': {
    version: 1,
    correctBy: '2026-11-20T17:00:00+07:00',
    figures: [{ code: 'sessions', reason: 'Nhầm cột' }],
  },
  'POST /api/v1/obligations/:id/extension-requests': {
    until: '2026-11-20T17:00:00+07:00',
    reason: 'Sáp nhập chi bộ',
  },
  'POST /api/v1/obligations/:id/extension-requests/decision': {
    granted: true,
    until: '2026-11-20T17:00:00+07:00',
  },
  'POST /api/v1/obligations/:id/exemption': { exempt: true, reason: 'Mới thành lập' },
  'POST /api/v1/obligations/:id/unlock': { until: '2026-12-20T17:00:00+07:00', reason: 'Bổ sung' },
  'POST /api/v1/reviews/approvals': { items: [{ obligation: '1', version: 1 }] },
  'POST /api/v1/contacts': {
    unit: 'W1',
    role: 'clerk',
    name: 'Văn thư',
    email: 'van-thu@example.org',
    phone: '0912 345 678',
  },
  'POST /api/v1/forms': { code: 'BM-MOI', title: 'Biểu mẫu', definition: SMALL_FORM },
  'POST /api/v1/forms/:code/versions': { definition: {} },
  'POST /api/v1/forms/:code/versions/check': { definition: SMALL_FORM },
  'POST /api/v1/indicators': {
    indicator: {
      code: 'broadcasts',
      label: 'Tin, bài',
      definition: 'Số tin, bài đã phát.',
      time: 'flow',
      type: 'integer',
      unit: 'bài',
      decimals: 0,
      aggregation: { kind: 'sum' },
      reportedBy: { levels: ['cell'], kinds: [] },
    },
  },
  'PUT /api/v1/indicators/:code': { indicator: {}, reason: 'Sửa câu chữ' },
  'POST /api/v1/indicators/:code/targets': {
    target: { unit: 'W1', period: '2026', value: '12', source: '14-CTr/TU' },
  },
  'POST /api/v1/plans': {
    type: 'KH',
    number: 3,
    issuer: 'W1',
    issuerSymbol: 'ĐU',
    term: '2025-2030',
    issuedOn: '2026-02-10',
    title: 'Kế hoạch',
    parentId: randomUUID(),
    carriesOut: ['199-KL/TW'],
  },
  'POST /api/v1/reminder-policies': {
    code: 'DON-DOC',
    title: 'Đôn đốc',
    definition: {
      steps: [{ code: 'overdue', day: 1, at: '08:00', audience: ['clerk'], channels: ['email', 'sms'] }],
      quietHours: { from: '21:00', to: '06:30' },
    },
  },
  'POST /api/v1/requirements/:code/forms': { version: 1, from: '2026-12' },
  'POST /api/v1/requirements': {
    code: 'YC-MOI',
    planId: randomUUID(),
    form: { code: 'BM-THU', version: 1 },
    reminderPolicy: 'NHAC',
    title: 'Báo cáo',
    periodScheme: 'stateMonth',
    deadlineRule: { cell: { kind: 'workingDaysAfterCutoff', days: 2, at: '17:00' } },
    windowRule: { opensDaysBeforeCutoff: 5, closesDaysAfterDeadline: 30 },
    scopeUnit: 'HP',
    activeFrom: '2026-01-01',
    activeTo: '2027-01-01',
  },
  'POST /api/v1/units': {
    code: 'W1-9',
    level: 'cell',
    kind: 'residential',
    name: 'Chi bộ',
    parent: 'W1',
    validFrom: '2026-11-01',
    population: 10,
    tile: { col: 1, row: 2 },
  },
  'POST /api/v1/units/:code/facts': { effectiveOn: '2026-11-16', name: 'Chi bộ', parent: 'W1' },
};

/** Reads and writes that must not go on for ever, or for good. */
const SPOILT: readonly unknown[] = [
  null,
  -1,
  1.5,
  1e300,
  '',
  'x'.repeat(5_000),
  '\u0007\u202e',
  '0000-01-01',
  '9999-12-31',
  [],
  [null],
  [[[[]]]],
  nested(60),
  {},
  { length: 5 },
  { toString: 'x' },
];

function nested(depth: number): unknown {
  return depth === 0 ? [] : [nested(depth - 1)];
}

/** The body with each of its parts, however deep, spoiled in each way; and with a part that is not asked for. */
function spoiled(body: unknown): unknown[] {
  const one = (value: unknown): unknown[] => {
    if (Array.isArray(value))
      return [
        ...SPOILT,
        ...value.flatMap((item: unknown, at) => one(item).map((bad): unknown[] => value.with(at, bad))),
      ];
    if (typeof value !== 'object' || value === null) return [...SPOILT];
    return [
      ...SPOILT,
      { ...value, unknown: 1 },
      ...Object.entries(value).flatMap(([name, part]) => [
        ...one(part).map((bad) => ({ ...value, [name]: bad })),
        Object.fromEntries(Object.entries(value).filter(([other]) => other !== name)),
      ]),
    ];
  };
  return one(body);
}

async function expectNoFailure(sent: Sent): Promise<void> {
  const leaving = new AbortController();
  const token = sent.role === 'nobody' ? null : await tokenFor(sent);
  const response = await fetch(`${gateway.url}${sent.path}`, {
    method: sent.method,
    headers: {
      'idempotency-key': randomUUID(),
      ...(sent.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(sent.body === undefined ? {} : { body: sent.body }),
    signal: leaving.signal,
  });
  const type = response.headers.get('content-type') ?? '';
  const isStream = type.startsWith('text/event-stream');
  const text = isStream ? '' : await response.text();
  if (isStream) leaving.abort();
  const shown = {
    ...sent,
    body: sent.body?.slice(0, 2_000),
    status: response.status,
    answer: text.slice(0, 500),
  };
  if (response.status >= 500) throw new Error(`failed: ${JSON.stringify(shown)}`);
  if (response.status < 400) return;
  const problem = type.startsWith('application/problem+json') ? (JSON.parse(text) as { code?: unknown }) : {};
  if (typeof problem.code !== 'string') throw new Error(`no problem JSON: ${JSON.stringify(shown)}`);
}

async function inBatches<T>(items: readonly T[], send: (item: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += AT_ONCE)
    await Promise.all(items.slice(at, at + AT_ONCE).map((item) => send(item)));
}

/** Signing out ends only a session made for it. */
function tokenFor({ role, method, path }: Sent): Promise<string> {
  const username = role === 'nobody' ? '' : ACCOUNT_OF[role];
  const ends = method === 'DELETE' && path.startsWith('/api/v1/session');
  return ends ? gateway.freshTokenOf(username) : gateway.tokenOf(username);
}

const strange = fc.oneof(
  fc.constantFrom(
    '%00',
    '%ff',
    'a%00b',
    '%2e%2e',
    '%',
    '%zz',
    '-1',
    '0',
    '1e9',
    '9'.repeat(30),
    'null',
    '[object Object]',
  ),
  fc.constantFrom(
    'x'.repeat(299),
    'x'.repeat(2_000),
    '%F0%9F%98%80',
    '%ED%A0%80',
    "'--",
    '2026-11',
    '0000-00',
    '9999-12',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => encodeURIComponent(text.toWellFormed())),
);

function requestsTo({ method, url }: RegisteredRoute): fc.Arbitrary<Sent> {
  const part = fc.oneof(strange, fc.constantFrom(...known));
  const path = fc
    .tuple(...url.split('/').map((piece) => (/^[:*]/.test(piece) ? part : fc.constant(piece))))
    .map((pieces) => pieces.join('/'));
  const query = fc
    .array(fc.tuple(fc.constantFrom(...NAMES, 'parent', 'limit[]', 'unit[x]', '__proto__', 'lạ'), part), {
      maxLength: 3,
    })
    .map((pairs) => pairs.map((pair) => pair.join('=')).join('&'));
  const bodies = fc.oneof(
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc.constantFrom(
      '',
      'null',
      '{"a":',
      '"x"',
      '[]',
      '{"a":1,"a":2}',
      JSON.stringify(nested(1_500)),
      '\u0000',
    ),
    fc.string({ unit: 'binary', maxLength: 50 }),
  );
  const takesBody = method !== 'GET' && method !== 'HEAD';
  return fc
    .record({
      role: fc.constantFrom<Sent['role']>(
        'nobody',
        'administrator',
        'administrator',
        'city_office',
        'committee',
        'cell',
      ),
      path,
      query,
      body: takesBody ? fc.option(bodies, { nil: undefined }) : fc.constant(undefined),
    })
    .map(({ role, path: at, query: asked, body }) => ({
      role,
      method,
      path: asked === '' ? at : `${at}?${asked}`,
      ...(body === undefined ? {} : { body }),
    }));
}

describe('no request makes the gateway fail, and every refusal is problem JSON', () => {
  it('whatever is asked of any route, by anyone', async () => {
    for (const route of routes) {
      await fc.assert(fc.asyncProperty(requestsTo(route), expectNoFailure), {
        numRuns: 20,
        endOnFailure: true,
      });
    }
  });

  it('whatever stands in a query', async () => {
    const values = [
      '',
      '-1',
      '0000-01-01',
      '%00',
      'x'.repeat(300),
      '9999999999999.999999999999999',
      'exempt,x',
    ];
    const reads = routes.filter(({ method, url }) => method === 'GET' && url.startsWith('/api/'));
    for (const { method, url } of reads) {
      const path = url.replaceAll(/:\w+/g, 'W1');
      const asked = NAMES.flatMap((name) => values.map((value) => `${path}?${name}=${value}`));
      await inBatches(asked, (at) => expectNoFailure({ role: 'administrator', method, path: at }));
    }
  });

  it('whatever is wrong with one part of a good body', async () => {
    const paths: Readonly<Record<string, string>> = {
      ':code': 'W1',
      ':key': PERIOD,
      ':requirement': REQUIREMENT,
      ':period': PERIOD,
      ':unit': 'W1',
    };
    for (const [route, good] of Object.entries(GOOD_BODIES)) {
      const [method = '', url = ''] = route.split(' ');
      const path = url.replaceAll(/:\w+/g, (name) =>
        url.includes('/forms/') ? 'BM-THU' : (paths[name] ?? '1'),
      );
      const role = /\/(?:reports|signatures)$/.test(url) ? 'committee' : 'administrator';
      const bodies = [good, ...spoiled(good)].map((body) => JSON.stringify(body));
      await inBatches(bodies, (body) => expectNoFailure({ role, method, path, body }));
    }
  });
});
