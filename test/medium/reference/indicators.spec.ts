import type {
  CheckedFormVersionView,
  FormView,
  IndicatorDetailView,
  IndicatorListView,
  ProblemDetails,
  TargetView,
} from '@mach/contracts';
import { FORM } from '../gateway/small-city';
import { type Answer, RunningGateway } from '../gateway/running-gateway';
import { builder } from '../../support/builder';
import { numberOf } from './reference-database';

jest.setTimeout(30_000);

let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await RunningGateway.start();
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
const faults = (answer: Answer<ProblemDetails>) =>
  (answer.body.errors ?? []).map(({ pointer, code }) => [pointer, code]);
const anIndicator = builder<Record<string, unknown>>(() => ({
  code: 'spending',
  label: 'Kinh phí đã sử dụng',
  definition: 'Kinh phí đã chi cho tuyên truyền trong kỳ.',
  time: 'flow',
  type: 'money',
  scale: 'million',
  decimals: 3,
  aggregation: { kind: 'sum' },
  reportedBy: { levels: ['cell'], kinds: [] },
}));
const codesOf = (answer: Answer<IndicatorListView>) =>
  answer.body.items.map(({ indicator }) => indicator.code);

describe('the catalogue of indicators', () => {
  it('takes a new one, which all readers find by words without accents, page by page', async () => {
    const created = await as<IndicatorDetailView>('quantri', 'POST', '/indicators', {
      indicator: anIndicator(),
    });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      indicator: anIndicator(),
      amendedAt: null,
      askedBy: [],
      targets: [],
      amendments: [],
    });
    expect(faults(await as('quantri', 'POST', '/indicators', { indicator: anIndicator() }))).toEqual([
      ['/indicator/code', 'resource.conflict'],
    ]);
    for (const user of ['quantri', 'vanphong', 'w1']) {
      const found = await as<IndicatorListView>(user, 'GET', '/indicators?q=TUYEN%20truyen');
      expect([user, codesOf(found)]).toEqual([user, ['spending']]);
    }
    expect(codesOf(await as<IndicatorListView>('w1', 'GET', '/indicators?q=%25'))).toEqual([]);
    expect(codesOf(await as<IndicatorListView>('w1', 'GET', '/indicators?type=ratio'))).toEqual([
      'attendance',
    ]);
    const first = await as<IndicatorListView>('w1', 'GET', '/indicators?limit=2');
    expect([codesOf(first), first.body.next]).toEqual([['attendance', 'sessions'], 'sessions']);
    const second = await as<IndicatorListView>(
      'w1',
      'GET',
      `/indicators?limit=2&cursor=${String(first.body.next)}`,
    );
    expect([codesOf(second), second.body.next]).toEqual([['spending'], null]);
  });

  it('tells every fault of one that is wrong', async () => {
    const wrong = anIndicator({ code: 'Sai', scale: 'lượng', definition: undefined });
    const answer = await as('quantri', 'POST', '/indicators', { indicator: wrong });
    expect(answer.status).toBe(422);
    expect(faults(answer)).toEqual(
      expect.arrayContaining([
        ['/indicator/code', 'indicator.badCode'],
        ['/indicator/scale', 'indicator.unknownChoice'],
        ['/indicator/definition', 'indicator.missing'],
      ]),
    );
    expect((await as('quantri', 'GET', '/indicators/khong_co')).status).toBe(404);
  });

  it('changes as long as no published form asks for it, then only in words; what it said is kept', async () => {
    let basedOn: string | null = null;
    const amend = (changes: object, code = 'spending') =>
      as<IndicatorDetailView & ProblemDetails>('quantri', 'PUT', `/indicators/${code}`, {
        indicator: anIndicator(changes),
        reason: 'Theo góp ý của các phường',
        basedOn,
      });
    const whole = await amend({ decimals: 0 });
    expect(whole.body.indicator).toMatchObject({ decimals: 0 });
    // Somebody who saw what it said before would overwrite that unseen.
    const unseen = await amend({ decimals: 1 });
    expect([unseen.status, unseen.body.code]).toEqual([412, 'reference.baseChanged']);
    basedOn = whole.body.amendedAt;
    const published = await as<FormView>('quantri', 'POST', '/forms', {
      code: 'BM-CHI',
      title: 'Biểu chi',
      definition: {
        indicators: [{ code: 'spending', section: 'I. Chi', required: true }],
        narratives: [],
        rules: [],
      },
    });
    expect(published.status).toBe(201);
    expect(published.body.versions[0]?.definition.indicators).toMatchObject([
      { code: 'spending', label: 'Kinh phí đã sử dụng', scale: 'million', decimals: 0, section: 'I. Chi' },
    ]);

    const refused = await amend({ decimals: 3, time: 'stock' });
    expect([refused.status, faults(refused)]).toEqual([
      422,
      [
        ['/indicator/decimals', 'indicator.fixed'],
        ['/indicator/time', 'indicator.fixed'],
      ],
    ]);
    expect(faults(await amend({ code: 'khac', decimals: 0 }))).toEqual([
      ['/indicator/code', 'indicator.fixed'],
    ]);
    expect((await amend({ code: 'khong_co' }, 'khong_co')).status).toBe(404);
    const renamed = await amend({ decimals: 0, label: 'Kinh phí tuyên truyền', hint: 'Không kể xây dựng' });
    expect(renamed.body).toMatchObject({
      indicator: { label: 'Kinh phí tuyên truyền' },
      askedBy: [{ code: 'BM-CHI', version: 1 }],
      amendments: [
        {
          amendedBy: 'Tài khoản quantri',
          reason: 'Theo góp ý của các phường',
          was: { label: 'Kinh phí đã sử dụng', decimals: 0 },
        },
        { was: { decimals: 3 } },
      ],
    });
    // The published form keeps the copy it has.
    const forms = await as<{ items: FormView[] }>('quantri', 'GET', '/forms');
    const form = forms.body.items.find(({ code }) => code === 'BM-CHI');
    expect(form?.versions[0]?.definition.indicators[0]?.label).toBe('Kinh phí đã sử dụng');
  });

  it('decides what a form may say', async () => {
    const answer = await as('quantri', 'POST', '/forms', {
      code: 'BM-SAI',
      title: 'Biểu sai',
      definition: {
        ...FORM,
        indicators: [
          { code: 'khong_co', section: 'I', required: true },
          { ...FORM.indicators[0], unit: 'cuộc' },
        ],
      },
    });
    expect(faults(answer)).toEqual([
      ['/definition/indicators/0/code', 'form.unknownIndicator'],
      ['/definition/indicators/1/unit', 'form.notOfCatalogue'],
    ]);
    expect(
      await numberOf(gateway.database.dataSource, `select count(*) from form where code = 'BM-SAI'`),
    ).toBe(0);
  });
});

describe('targets', () => {
  const set = (target: object, basedOn: string | null = null) =>
    as<{ items: TargetView[] } & ProblemDetails>('quantri', 'POST', '/indicators/sessions/targets', {
      target,
      basedOn,
    });
  const source = '14-CTr/TU';

  it('are set for units and levels, and replaced', async () => {
    await set({ unit: 'W1', period: '2026', value: '12', source });
    await set({ level: 'cell', period: '2026-11', value: '4', source });
    const renewed = { unit: 'W1', period: '2026', value: '15', source: '02-KH/ĐU' };
    const unseen = await set(renewed);
    expect([unseen.status, unseen.body.code]).toEqual([412, 'reference.baseChanged']);
    const list = () => as<{ items: TargetView[] }>('w1', 'GET', '/indicators/sessions/targets');
    const before = (await list()).body.items.find(({ unit }) => unit === 'W1');
    expect((await set(renewed, before?.setAt ?? null)).status).toBe(201);
    expect((await set({ ...renewed, value: '16' }, before?.setAt ?? null)).status).toBe(412);
    const seen = await list();
    const indicator = 'sessions';
    const setAt = expect.any(String) as string;
    expect(seen.body.items).toEqual([
      { indicator, unit: null, level: 'cell', period: '2026-11', value: '4', source, setAt },
      { indicator, unit: 'W1', level: null, period: '2026', value: '15', source: '02-KH/ĐU', setAt },
    ]);
    const one = await as<IndicatorDetailView>('vanphong', 'GET', '/indicators/sessions');
    expect(one.body.targets).toEqual(seen.body.items);
  });

  it('are refused where they say nothing', async () => {
    expect(faults(await set({ unit: 'W1', level: 'cell', period: '26', value: '1.5', source: '' }))).toEqual([
      ['/target', 'target.whose'],
      ['/target/period', 'target.wrongType'],
      ['/target/value', 'target.wrongType'],
      ['/target/source', 'target.missing'],
    ]);
    expect(faults(await set({ unit: 'W9', period: '2026', value: '1', source }))).toEqual([
      ['/target/unit', 'unit.unknown'],
    ]);
    expect((await as('quantri', 'POST', '/indicators/khong_co/targets', { target: {} })).status).toBe(404);
  });
});

describe('an indicator that is no longer used', () => {
  it('is retired with a reason, asked by no later form and given no target, and may be taken up again', async () => {
    const held = anIndicator({ code: 'old_figure', label: 'Chỉ tiêu cũ' });
    expect((await as('quantri', 'POST', '/indicators', { indicator: held })).status).toBe(201);
    const amend = (indicator: object, basedOn: string | null) =>
      as<IndicatorDetailView>('quantri', 'PUT', '/indicators/old_figure', {
        indicator,
        reason: 'Kế hoạch mới không hỏi',
        basedOn,
      });
    const publish = () =>
      as<FormView & ProblemDetails>('quantri', 'POST', '/forms', {
        code: 'BM-CU',
        title: 'Biểu cũ',
        definition: {
          indicators: [{ code: 'old_figure', section: 'I. Chi', required: true }],
          narratives: [],
          rules: [],
        },
      });
    const retired = await amend({ ...held, retired: true }, null);
    expect(retired.body).toMatchObject({
      indicator: { retired: true },
      amendments: [{ reason: 'Kế hoạch mới không hỏi', was: { label: 'Chỉ tiêu cũ' } }],
    });
    expect(faults(await publish())).toEqual([['/definition/indicators/0/code', 'form.retiredIndicator']]);
    const target = { unit: 'W1', period: '2026', value: '12', source: '14-CTr/TU' };
    expect(faults(await as('quantri', 'POST', '/indicators/old_figure/targets', { target }))).toEqual([
      ['/target', 'target.retired'],
    ]);
    await amend(held, retired.body.amendedAt);
    const published = await publish();
    expect(published.body.versions[0]?.definition.indicators[0]).not.toHaveProperty('retired');
  });
});

describe('a form version about to be published', () => {
  const definition = (code: string) => ({
    indicators: [{ code, section: 'I. Chung', required: true }],
    narratives: [],
    rules: [],
  });

  it('is checked without being published: every fault with its place, or the whole of it', async () => {
    const check = (body: object) =>
      as<CheckedFormVersionView & ProblemDetails>('quantri', 'POST', '/forms/BM-THU/versions/check', body);
    const before = await numberOf(gateway.database.dataSource, 'select count(*)::int from form_version');
    const right = await check({ definition: definition('sessions') });
    expect([right.status, right.body.definition.indicators[0]]).toEqual([
      200,
      expect.objectContaining({ code: 'sessions', label: 'Số buổi học tập' }),
    ]);
    const wrong = await check({
      definition: {
        ...definition('khong_co'),
        narratives: [{ code: 'a', label: '', required: true, maxLength: 0 }],
      },
    });
    expect(wrong.status).toBe(422);
    expect(faults(wrong).map(([pointer]) => pointer)).toEqual([
      '/definition/indicators/0/code',
      '/definition/narratives/0/maxLength',
      '/definition/narratives/0/label',
    ]);
    expect((await as('quantri', 'POST', '/forms/KHONG-CO/versions/check', { definition: {} })).status).toBe(
      404,
    );
    expect(await numberOf(gateway.database.dataSource, 'select count(*)::int from form_version')).toBe(
      before,
    );
  });

  it('is not published beside one that its writer had not seen', async () => {
    const publish = (basedOn: number) =>
      as<FormView & ProblemDetails>('quantri', 'POST', '/forms/BM-THU/versions', {
        definition: definition('sessions'),
        basedOn,
      });
    const first = await publish(1);
    expect([first.status, first.body.versions.length]).toEqual([201, 2]);
    const unseen = await publish(1);
    expect([unseen.status, unseen.body.code]).toEqual([412, 'reference.baseChanged']);
    expect((await publish(2)).body.versions).toHaveLength(3);
  });
});
