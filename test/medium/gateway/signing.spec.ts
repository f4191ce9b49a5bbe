import { createHash } from 'node:crypto';
import type { ProblemDetails, ReceiptView, RollupView, SigningView, SignRequest } from '@mach/contracts';
import type { FigureView } from '@mach/domain';
import { decide, recompute } from './deciding';
import { RunningGateway, type Answer } from './running-gateway';
import { FORM, PERIOD, REQUIREMENT } from './small-city';

jest.setTimeout(60_000);

const ROLLUP = `/api/v1/rollups/${REQUIREMENT}/${PERIOD}`;
const SEATS = {
  ...FORM,
  rules: [
    {
      code: 'seats',
      expression: 'sessions <= attendance.denominator',
      severity: 'block' as const,
      message: 'Số buổi không quá số người.',
    },
  ],
};

let gateway: RunningGateway;

beforeEach(async () => {
  gateway = await RunningGateway.start();
});

afterEach(async () => {
  await gateway.stop();
});

async function report(unit: string, sessions: number): Promise<void> {
  const sent = await gateway.submit<ReceiptView>(unit.startsWith('W1') ? 'w1' : 'w2', {
    unit,
    figures: { sessions, attendance: { numerator: 30, denominator: 33 } },
  });
  expect(sent.status).toBe(202);
  await decide(gateway);
  await recompute(gateway);
}

async function looked(username: string, unit: string): Promise<SigningView> {
  const answer = await gateway.as<SigningView>(username, 'GET', `${ROLLUP}/${unit}/signatures`);
  expect(answer).toMatchObject({ status: 200 });
  return answer.body;
}

type Asked = { readonly [K in keyof SignRequest]?: SignRequest[K] | undefined };

async function sign<T = SigningView>(
  username: string,
  unit: string,
  asked: Asked = {},
  seen?: SigningView,
): Promise<Answer<T>> {
  const { base, counts } = seen ?? (await looked(username, unit));
  return gateway.as<T>(username, 'POST', `${ROLLUP}/${unit}/signatures`, {
    body: {
      base,
      signer: 'Nguyễn Văn A',
      adjustments: [],
      explanations: [],
      missing: counts.expected - counts.accepted,
      ...asked,
    },
  });
}

const add = (by: string, ref = 'sessions') => ({ ref, by, reason: 'Báo cáo giấy của chi bộ lưu động' });

async function sessionsOf(unit: string, view: FigureView): Promise<string | null> {
  await recompute(gateway);
  const answer = await gateway.as<RollupView>('vanphong', 'GET', `${ROLLUP}/${unit}?view=${view}`);
  expect(answer.body.view).toBe(view);
  const figure = answer.body.figures.find(({ code }) => code === 'sessions');
  return figure?.type === 'quantity' ? figure.value : null;
}

async function views(unit: string): Promise<Record<FigureView, string | null>> {
  return {
    provisional: await sessionsOf(unit, 'provisional'),
    approved: await sessionsOf(unit, 'approved'),
    signed: await sessionsOf(unit, 'signed'),
  };
}

function codesOf({ body }: Answer<ProblemDetails>): string[] {
  return [body.code, ...(body.errors ?? []).map(({ code }) => code)];
}

describe('the three views', () => {
  it('tell provisional from approved, and what a committee signed from what the machine has', async () => {
    await gateway.database.dataSource.query('update obligation set needs_approval = true');
    await report('W1-1', 4);
    await report('W2-1', 7);
    const obligation = String(gateway.city.obligationId('W1-1'));
    await gateway.as('w1', 'POST', `/api/v1/obligations/${obligation}/approval`, { body: { version: 1 } });
    expect((await sign('w1', 'W1', { adjustments: [add('16')] })).status).toBe(201);
    expect(await views('W1')).toEqual({ provisional: '4', approved: '4', signed: '20' });
    expect(await views('HP')).toEqual({ provisional: '11', approved: '4', signed: '27' });
    const answer = await gateway.as<RollupView>('vanphong', 'GET', `${ROLLUP}/HP?view=signed`);
    expect(answer.body.provisional?.[0]).toMatchObject({ code: 'sessions', value: '11' });
    const provisional = await gateway.as<RollupView>('vanphong', 'GET', `${ROLLUP}/HP`);
    expect(provisional.body).toMatchObject({ view: 'provisional', provisional: null, approvalAsked: false });
    expect((await gateway.as('vanphong', 'GET', `${ROLLUP}/HP?view=mine`)).status).toBe(422);
  });

  it('leave what was signed as it was when something arrives after, until it is signed again', async () => {
    await report('W1-1', 4);
    await sign('w1', 'W1', { adjustments: [add('6')] });
    await report('W1-2', 3);
    expect(await views('W1')).toEqual({ provisional: '7', approved: '7', signed: '10' });
    const seen = await looked('w1', 'W1');
    expect([seen.machine[0], seen.counts.accepted, seen.versions[0]?.counts.accepted]).toEqual(['7', 2, 1]);
    expect((await looked('vanphong', 'HP')).committees).toMatchObject([
      {
        unit: { code: 'W1' },
        signature: { version: 1, adjusted: 1, reportsSince: 1, figuresChanged: true },
      },
      { unit: { code: 'W2' }, signature: null },
    ]);
    const again = await sign('w1', 'W1');
    expect(again.body.versions.map(({ version }) => version)).toEqual([2, 1]);
    expect(await views('HP')).toEqual({ provisional: '7', approved: '7', signed: '7' });
  });

  it('of the city are its own signature over what committees signed', async () => {
    await report('W1-1', 4);
    await report('W2-1', 7);
    await sign('w1', 'W1', { adjustments: [add('6')] });
    await recompute(gateway);
    const signed = await sign('vanphong', 'HP', { adjustments: [add('-1')] });
    expect(signed.body.versions[0]).toMatchObject({
      machine: [{ value: '17' }, {}],
      figures: [{ value: '16' }, {}],
    });
    expect(await views('HP')).toEqual({ provisional: '11', approved: '11', signed: '16' });
  });
});

describe('signing', () => {
  it('freezes a version with all that belongs to it, and its hash is that of the row', async () => {
    await report('W1-1', 4);
    const { status, body } = await sign('w1', 'W1', {
      adjustments: [add('2'), add('1', 'attendance.denominator')],
    });
    expect(status).toBe(201);
    expect(body.versions).toMatchObject([
      {
        version: 1,
        signer: 'Nguyễn Văn A',
        account: 'Tài khoản w1',
        signedAt: expect.stringMatching(/^2026-11-15T02:00:/) as string,
        verified: true,
        counts: { expected: 6, accepted: 1 },
        adjustments: [
          { ref: 'sessions', by: '2', author: 'Tài khoản w1' },
          { ref: 'attendance.denominator', by: '1' },
        ],
        machine: [{ value: '4' }, { numerator: '30', denominator: '33' }],
        figures: [{ value: '6' }, { numerator: '30', denominator: '34', percent: '88.2' }],
      },
    ]);
    // Written out by hand from the row alone: members by name, no blanks, sums as text.
    const [row] = await gateway.database.dataSource.query<Record<string, unknown>[]>(
      `select requirement_id as "requirementId", period_id as "periodId", unit_id as "unitId", version,
              form_version_id as "formVersionId", account_id as "accountId", signer, base, previous_hash as "previousHash",
              round(extract(epoch from signed_at) * 1000)::float8 as "signedAt", machine::text[], accumulators::text[],
              counts, adjustments, findings from signature`,
    );
    const sorted = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(sorted)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .sort(([a], [b]) => (a < b ? -1 : 1))
                .map(([key, each]) => [key, sorted(each)]),
            )
          : value;
    expect(body.versions[0]?.contentHash).toBe(
      createHash('sha256')
        .update(JSON.stringify(sorted(row)))
        .digest('hex'),
    );
  });

  it('shows a version whose row was tampered with, and one that does not follow the version before', async () => {
    await report('W1-1', 4);
    await sign('w1', 'W1', { adjustments: [add('2')] });
    await sign('w1', 'W1');
    const verified = async (): Promise<boolean[]> =>
      (await looked('w1', 'W1')).versions.map((version) => version.verified);
    expect(await verified()).toEqual([true, true]);
    await gateway.database.asOwner(`update signature set accumulators = '{5,30,33}' where version = 1`);
    expect(await verified()).toEqual([true, false]);
    await gateway.database.asOwner(`update signature set content_hash = repeat('0', 64) where version = 1`);
    expect(await verified()).toEqual([false, false]);
  });

  it('does not happen before the data are closed', async () => {
    const at = (now: string) => gateway.as('quantri', 'PUT', '/api/v1/clock', { body: { now } });
    await at('2026-11-14T23:58:00+07:00');
    const early = await sign<ProblemDetails>('w1', 'W1');
    expect([early.status, early.body.code, early.body.detail]).toEqual([
      409,
      'signature.notNow',
      'Tháng 11/2026 chốt số liệu hết ngày 14/11/2026. Ký được từ ngày 15/11/2026.',
    ]);
    expect((await looked('w1', 'W1')).refusal).toBe(early.body.detail);
    await at('2026-11-15T00:00:00+07:00');
    expect((await sign('w1', 'W1')).status).toBe(201);
  });

  it('asks to confirm what is missing', async () => {
    await report('W1-1', 4);
    const refused = await sign<ProblemDetails>('w1', 'W1', { missing: undefined });
    expect([refused.status, ...codesOf(refused)]).toEqual([422, 'signature.refused', 'signature.incomplete']);
    expect((await sign<ProblemDetails>('w1', 'W1', { missing: 4 })).status).toBe(422);
    expect((await looked('w1', 'W1')).versions).toEqual([]);
  });

  it('lets the rules of the form judge the signed figures', async () => {
    await gateway.database.asOwner(`update form_version set definition = '${JSON.stringify(SEATS)}'`);
    await report('W1-1', 4);
    const refused = await sign<ProblemDetails>('w1', 'W1', {
      adjustments: [add('30')],
    });
    expect(codesOf(refused)).toEqual(['signature.refused', 'figure.partExceedsWhole']);
    expect((await sign('w1', 'W1', { adjustments: [add('29')] })).status).toBe(201);
  });

  it('signs nothing that its signer has not seen', async () => {
    await report('W1-1', 4);
    const seen = await looked('w1', 'W1');
    await report('W1-2', 3);
    const refused = await sign<ProblemDetails>('w1', 'W1', {}, seen);
    expect([refused.status, refused.body.code]).toEqual([412, 'signature.baseChanged']);
    const now = await looked('w1', 'W1');
    expect(refused.body.signing).toEqual(now);
    expect([seen.machine[0], now.machine[0]]).toEqual(['4', '7']);
    expect(now.versions).toEqual([]);
  });

  it('lets one of two who sign at once through, and a lost answer ask again', async () => {
    await report('W1-1', 4);
    const seen = await looked('w1', 'W1');
    const both = await Promise.all(
      ['1', '2'].map((by) => sign<ProblemDetails>('w1', 'W1', { adjustments: [add(by)] }, seen)),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 412]);
    const by = both[0]?.status === 201 ? '1' : '2';
    const again = await sign('w1', 'W1', { adjustments: [add(by)] }, seen);
    expect([again.status, again.body.versions.length]).toEqual([201, 1]);
    const other = await sign<ProblemDetails>(
      'w1',
      'W1',
      { adjustments: [add(by)], signer: 'Người khác' },
      seen,
    );
    expect(other.status).toBe(412);
  });

  it.each<readonly [string, string, string, Asked, readonly [number, ...string[]]]>([
    ['for a sibling', 'w2', 'W1', {}, [403, 'auth.forbidden']],
    ['by the city office for a committee', 'vanphong', 'W1', {}, [403, 'auth.forbidden']],
    ['for a grass-roots organisation below', 'w1', 'W1-G', {}, [403, 'auth.forbidden']],
    ['for a unit without a node', 'w1', 'W1-1', {}, [403, 'auth.forbidden']],
    [
      'an unknown indicator',
      'w1',
      'W1',
      { adjustments: [add('1', 'la')] },
      [422, 'signature.refused', 'adjustment.unknown'],
    ],
    [
      'twice the same',
      'w1',
      'W1',
      { adjustments: [add('1'), add('2')] },
      [422, 'signature.refused', 'adjustment.twice'],
    ],
    [
      'sixty digits',
      'w1',
      'W1',
      { adjustments: [add('9'.repeat(60))] },
      [422, 'signature.refused', 'adjustment.notANumber'],
    ],
    [
      'without a reason',
      'w1',
      'W1',
      { adjustments: [{ ref: 'sessions', by: '1', reason: '' }] },
      [422, 'request.invalid', 'request.isLength', 'request.matches'],
    ],
    [
      'without a name',
      'w1',
      'W1',
      { signer: '' },
      [422, 'request.invalid', 'request.isLength', 'request.matches'],
    ],
  ])('refuses %s', async (_name, username, unit, asked, expected) => {
    const refused = await sign<ProblemDetails>(username, unit, asked, await looked('quantri', 'W1'));
    expect([refused.status, ...codesOf(refused)]).toEqual(expected);
  });

  it('refuses ten thousand adjustments', async () => {
    const adjustments = Array.from({ length: 10_000 }, (_, index) => ({
      ref: `a${String(index)}`,
      by: '1',
      reason: 'x',
    }));
    const seen = await looked('w1', 'W1');
    expect([413, 422]).toContain((await sign('w1', 'W1', { adjustments }, seen)).status);
    expect((await sign('w1', 'W1', { adjustments: adjustments.slice(0, 1_001) }, seen)).status).toBe(422);
    const told = await sign<ProblemDetails>('w1', 'W1', { adjustments: adjustments.slice(0, 1_000) }, seen);
    expect([told.status, told.body.code, told.body.errors?.length]).toEqual([422, 'signature.refused', 51]);
  });

  it('signs a node with nothing in it, when that is confirmed', async () => {
    await recompute(gateway);
    const signed = await sign('w2', 'W2');
    expect([signed.status, signed.body.versions[0]?.figures[0]]).toEqual([
      201,
      { code: 'sessions', type: 'quantity', value: null },
    ]);
    expect(await views('HP')).toEqual({ provisional: null, approved: null, signed: null });
  });
});
