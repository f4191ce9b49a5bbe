import type {
  ContactView,
  FormView,
  PeriodOpenedView,
  PlanView,
  ProblemDetails,
  ReminderPolicyView,
  RequirementAdministrationView,
  UnitDetailView,
  UnitView,
} from '@mach/contracts';
import type { PeriodScheme } from '@mach/domain';
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

const admin = <T = ProblemDetails>(method: string, path: string, body?: unknown): Promise<Answer<T>> =>
  gateway.as<T>('quantri', method, `/api/v1${path}`, body === undefined ? {} : { body });
const rowsOf = (table: string) => numberOf(gateway.database.dataSource, `select count(*) from ${table}`);
const faults = (answer: Answer<ProblemDetails>) =>
  (answer.body.errors ?? []).map(({ pointer, code }) => [pointer, code]);

const aUnit = builder(() => ({
  code: 'W1-4',
  level: 'cell',
  kind: 'residential',
  name: 'Chi bộ tổ dân phố 4',
  parent: 'W1',
  validFrom: '2026-11-01',
}));
const aPlan = builder<Record<string, unknown>>(() => ({
  type: 'KH',
  number: 3,
  issuer: 'W1',
  term: '2025-2030',
  issuedOn: '2026-02-10',
  title: 'Kế hoạch thực hiện Chương trình hành động số 14-CTr/TU',
  carriesOut: ['199-KL/TW'],
}));
const REQUIREMENT_WITHOUT_REFERENCES = {
  code: 'YC-XA',
  planId: '00000000-0000-4000-8000-000000000000',
  form: { code: 'BM-THU', version: 1 },
  reminderPolicy: 'NHAC',
  title: 'Báo cáo',
  periodScheme: 'stateMonth',
  deadlineRule: {},
  windowRule: {},
  scopeUnit: 'HP',
  activeFrom: '2026-01-01',
};
const aPolicy = builder<Record<string, unknown>>(() => ({
  code: 'DON-DOC',
  title: 'Đôn đốc',
  definition: {
    steps: [{ code: 'overdue', day: 1, at: '08:00', audience: ['clerk'], channels: ['email', 'sms'] }],
    quietHours: { from: '21:00', to: '06:30' },
  },
}));

describe('who may', () => {
  it.each(['vanphong', 'w1', 'w1-1'])('%s may neither read nor write reference data', async (username) => {
    for (const path of ['/units', '/contacts?unit=W1', '/plans', '/reminder-policies', '/requirements']) {
      expect([path, (await gateway.as(username, 'GET', `/api/v1${path}`)).body.code]).toEqual([
        path,
        'auth.forbidden',
      ]);
    }
    const answer = await gateway.as(username, 'POST', '/api/v1/units', { body: aUnit() });
    expect([answer.status, answer.body.code]).toEqual([403, 'auth.forbidden']);
    expect(await rowsOf('unit')).toBe(12);
  });

  it('nobody without a session', async () => {
    expect((await gateway.request('POST', '/api/v1/plans', { body: aPlan() })).body.code).toBe(
      'auth.required',
    );
  });
});

describe('units', () => {
  it('are created under a parent, renamed and moved with their history kept', async () => {
    const created = await admin<UnitDetailView>('POST', '/units', aUnit());
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      code: 'W1-4',
      asOf: '2026-11-01',
      history: [{ parentCode: 'W1', validTo: null }],
    });

    const renamed = await admin<UnitDetailView>('POST', '/units/W1-4/facts', {
      effectiveOn: '2026-11-10',
      name: 'Chi bộ tổ dân phố số 4',
    });
    expect(renamed.body.name).toBe('Chi bộ tổ dân phố số 4');
    const moved = await admin<UnitDetailView>('POST', '/units/W1-4/facts', {
      effectiveOn: '2026-11-12',
      parent: 'W2',
    });
    expect(moved.body.history.map((fact) => [fact.name, fact.parentCode, fact.validFrom])).toEqual([
      ['Chi bộ tổ dân phố 4', 'W1', '2026-11-01'],
      ['Chi bộ tổ dân phố số 4', 'W1', '2026-11-10'],
      ['Chi bộ tổ dân phố số 4', 'W2', '2026-11-12'],
    ]);
    expect((await admin<UnitDetailView>('GET', '/units/W1-4?asOf=2026-11-05')).body.name).toBe(
      'Chi bộ tổ dân phố 4',
    );
    expect((await admin('GET', '/units/W1-4?asOf=2026-10-31')).status).toBe(404);
  });

  it('are listed page by page, under a parent, at a level, on a day', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Answer<{ items: UnitView[]; next: string | null }> = await admin(
        'GET',
        `/units?limit=5${after === null ? '' : `&after=${after}`}`,
      );
      seen.push(...page.body.items.map((unit) => unit.code));
      after = page.body.next;
    } while (after !== null);
    expect(seen).toEqual([...seen].sort());
    expect(new Set(seen).size).toBe(await rowsOf('unit'));
    const cells = await admin<{ items: UnitView[] }>('GET', '/units?parent=W2&level=cell&asOf=2026-11-11');
    expect(cells.body.items.map((unit) => unit.code)).toEqual(['W2-1', 'W2-2', 'W2-3', 'W2-4']);
  });

  it.each([
    [{ code: 'W1-1' }, 409, 'resource.conflict', ['/code']],
    [{ code: 'w1 4' }, 422, 'request.invalid', ['/code']],
    [{ code: 'N-1', parent: 'KHONG-CO' }, 422, 'unit.unknown', ['/parent']],
    [{ code: 'N-1', parent: 'HP' }, 422, 'request.invalid', ['/parent']],
    [{ code: 'N-1', level: 'huyen' }, 422, 'request.invalid', ['/level']],
    [{ code: 'N-1', kind: 'phuong' }, 422, 'request.invalid', ['/kind']],
    [{ code: 'N-1', validFrom: '2026-02-30' }, 422, 'request.invalid', ['/validFrom']],
    [{ code: 'N-1', validFrom: '2020-01-01' }, 422, 'unit.unknown', ['/parent']],
    [{ code: 'N-1', name: '   ' }, 422, 'request.invalid', ['/name']],
    [{ code: 'N-1', secretary: 'x' }, 422, 'request.invalid', ['/secretary']],
    [{ code: 'N-1', tile: { col: -1, row: 2 } }, 422, 'request.invalid', ['/tile/col']],
  ])('are refused with %j', async (wrong, status, code, pointers) => {
    const before = await rowsOf('unit');
    const answer = await admin('POST', '/units', { ...aUnit(), ...wrong });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect([...new Set(faults(answer).map(([pointer]) => pointer))]).toEqual(pointers);
    expect(await rowsOf('unit')).toBe(before);
  });

  it('are not moved under themselves, into the past, or where they cannot stand', async () => {
    const change = (code: string, body: object) => admin('POST', `/units/${code}/facts`, body);
    expect(faults(await change('W1-G', { effectiveOn: '2026-11-20', parent: 'W1-G' }))).toEqual([
      ['/parent', 'unit.wouldBeItsOwnAncestor'],
    ]);
    expect(faults(await change('W1-1', { effectiveOn: '2025-07-01', name: 'Khác' }))).toEqual([
      ['/effectiveOn', 'unit.notAfterCurrent'],
    ]);
    expect(faults(await change('W1-1', { effectiveOn: '2026-11-20', parent: 'W1-2' }))).toEqual([
      ['/parent', 'unit.misplaced'],
    ]);
    expect(faults(await change('W1-1', { effectiveOn: '2026-11-20' }))).toEqual([
      ['', 'unit.nothingToChange'],
    ]);
    expect((await change('KHONG-CO', { effectiveOn: '2026-11-20', name: 'Khác' })).status).toBe(404);
  });
});

describe('contacts', () => {
  it('are stored unreadable, shown to the administrator, and forgotten on request', async () => {
    const created = await admin<ContactView>('POST', '/contacts', {
      unit: 'W1',
      role: 'clerk',
      name: 'Văn thư Văn phòng Đảng ủy phường Một',
      email: 'vanthu.w1@haiphong.example',
      phone: '0225 384 2111',
    });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      unit: 'W1',
      email: 'vanthu.w1@haiphong.example',
      phone: '+842253842111',
    });
    const stored = await gateway.database.dataSource.query<{ row: string }[]>(
      `select contact::text as row from contact`,
    );
    expect(JSON.stringify(stored)).not.toMatch(/vanthu|3842111/);
    expect((await admin<{ items: ContactView[] }>('GET', '/contacts?unit=W1')).body.items).toEqual([
      created.body,
    ]);
    expect((await admin('DELETE', `/contacts/${String(created.body.id)}`)).status).toBe(204);
    expect((await admin('DELETE', `/contacts/${String(created.body.id)}`)).status).toBe(404);
    expect((await admin('DELETE', '/contacts/99999999999999')).status).toBe(404);
    expect(await rowsOf('contact')).toBe(0);
  });

  it.each([
    [{ phone: '12345' }, [['/phone', 'contact.phoneInvalid']]],
    [{ phone: '+1 202 555 0143' }, [['/phone', 'contact.phoneInvalid']]],
    [{}, [['', 'contact.nothingToReach']]],
    [{ email: 'khong-phai-thu' }, [['/email', 'request.isEmail']]],
    [{ email: 'a@haiphong.example', role: 'member' }, [['/role', 'request.isIn']]],
    [{ email: 'a@haiphong.example', unit: 'KHONG-CO' }, [['/unit', 'unit.unknown']]],
  ])('are refused with %j', async (wrong, expected) => {
    const answer = await admin('POST', '/contacts', { unit: 'W1', role: 'clerk', name: 'Văn thư', ...wrong });
    expect([answer.status, faults(answer)]).toEqual([422, expected]);
    expect(await rowsOf('contact')).toBe(0);
  });
});

describe('plans', () => {
  it('get their symbol, and point to the plan they carry out', async () => {
    const programme = (await admin<{ items: PlanView[] }>('GET', '/plans')).body.items[0];
    const created = await admin<PlanView>('POST', '/plans', aPlan({ parentId: programme?.id }));
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      symbol: '03-KH/ĐU',
      parent: { symbol: '14-CTr/TU' },
      issuer: { code: 'W1' },
      carriesOut: ['199-KL/TW'],
    });
    const again = await admin('POST', '/plans', aPlan());
    expect([again.status, faults(again)]).toEqual([409, [['/number', 'resource.conflict']]]);
  });

  it.each(['Kế hoạch (Tối mật) về bảo vệ chính trị nội bộ', 'Độ mật: Mật', 'TUYỆT MẬT - Kế hoạch'])(
    'bearing a mark of secrecy are refused: %s',
    async (title) => {
      const answer = await admin('POST', '/plans', aPlan({ number: 9, title }));
      expect([answer.status, answer.body.code, faults(answer)]).toEqual([
        422,
        'plan.classified',
        [['/title', 'plan.classified']],
      ]);
      expect(answer.body.detail).toMatch(/mật/i);
      expect(await rowsOf('plan')).toBe(2);
    },
  );

  it.each([
    [{ type: 'XX' }, ['/type', 'request.isIn']],
    [{ number: 0 }, ['/number', 'request.isPositive']],
    [{ number: 1.5 }, ['/number', 'request.isInt']],
    [{ issuer: 'KHONG-CO' }, ['/issuer', 'unit.unknown']],
    [{ parentId: '01900000-0000-7000-8000-ffffffffffff' }, ['/parentId', 'plan.unknown']],
    [{ carriesOut: ['199-KL/TW', 'Tối mật'] }, ['/carriesOut/1', 'plan.classified']],
    [{ term: '2025' }, ['/term', 'request.matches']],
  ])('are refused with %j', async (wrong, fault) => {
    const answer = await admin('POST', '/plans', aPlan({ number: 9, ...wrong }));
    expect(answer.status).toBe(422);
    expect(faults(answer)).toContainEqual(fault);
    expect(await rowsOf('plan')).toBe(2);
  });
});

describe('forms, policies, requirements and periods', () => {
  it('a form is published version by version, and a faulty one tells every fault', async () => {
    const created = await admin<FormView>('POST', '/forms', {
      code: 'BM-MOI',
      title: 'Biểu mẫu mới',
      definition: FORM,
    });
    expect(created.status).toBe(201);
    const second = await admin<FormView>('POST', '/forms/BM-MOI/versions', {
      definition: { ...FORM, narratives: [] },
    });
    expect(
      second.body.versions.map((version) => [version.version, version.definition.narratives.length]),
    ).toEqual([
      [1, 1],
      [2, 0],
    ]);
    const both = await Promise.all(
      [1, 2].map(() => admin<FormView>('POST', '/forms/BM-MOI/versions', { definition: FORM })),
    );
    expect(both.map((answer) => answer.status)).toEqual([201, 201]);

    const wrong = {
      indicators: [...FORM.indicators, { ...FORM.indicators[0], decimals: 9 }],
      narratives: [{ code: 'Một' }],
      rules: [],
    };
    const refused = await admin('POST', '/forms', {
      code: 'BM-SAI',
      title: 'Biểu mẫu sai',
      definition: wrong,
    });
    expect(refused.status).toBe(422);
    const pointers = faults(refused).map(([pointer]) => pointer);
    expect(pointers).toEqual(
      expect.arrayContaining([
        '/definition/indicators/2/code',
        '/definition/indicators/2/decimals',
        '/definition/narratives/0/code',
      ]),
    );
    expect((await admin('POST', '/forms', { code: 'BM-MOI', title: 'Trùng', definition: FORM })).status).toBe(
      409,
    );
    expect((await admin('POST', '/forms/KHONG-CO/versions', { definition: FORM })).status).toBe(404);
    expect(await rowsOf('form')).toBe(2);
    expect(await rowsOf('form_version')).toBe(5);
  });

  it.each([
    ['1,500 brackets', `${'('.repeat(1_500)}sessions${')'.repeat(1_500)} >= 0`],
    ['100 kB of it', `sessions >= 0${' && sessions >= 0'.repeat(6_000)}`],
    ['its own name', 'hostile > 0'],
    ['a name that every object has', 'constructor > 0'],
    ['the prototype', '__proto__ > 0'],
    ['a name nobody knows', 'khong_co == sessions'],
    ['a text beside a figure', 'sessions == "mười"'],
    ['nothing that holds or not', 'sessions + 1'],
    ['what is not finished', 'sessions >='],
  ])('a rule with %s is refused at its place, and nothing is stored', async (_, expression) => {
    const before = await rowsOf('form');
    const rule = { code: 'hostile', expression, severity: 'block', message: 'Số liệu chưa khớp.' };
    const answer = await admin('POST', '/forms', {
      code: 'BM-HIEM',
      title: 'Biểu mẫu hiểm',
      definition: { ...FORM, rules: [rule] },
    });
    expect(answer.status).toBe(422);
    expect(faults(answer).map(([pointer]) => pointer)).toEqual(['/definition/rules/0/expression']);
    expect(await rowsOf('form')).toBe(before);
  });

  it('a policy with an unknown audience is refused', async () => {
    expect((await admin<ReminderPolicyView>('POST', '/reminder-policies', aPolicy())).status).toBe(201);
    expect((await admin('POST', '/reminder-policies', aPolicy())).status).toBe(409);
    const wrong = await admin(
      'POST',
      '/reminder-policies',
      aPolicy({
        code: 'SAI',
        definition: {
          steps: [{ code: 'x', day: 0, at: '25:00', audience: ['everyone'], channels: ['email'] }],
          quietHours: null,
        },
      }),
    );
    expect(faults(wrong).map(([pointer]) => pointer)).toEqual(
      expect.arrayContaining(['/definition/steps/0/at', '/definition/steps/0/audience/0']),
    );
    expect(await rowsOf('reminder_policy')).toBe(2);
  });

  it('a requirement ties them together and its period can be opened, again and again', async () => {
    const plan = (await admin<{ items: PlanView[] }>('GET', '/plans')).body.items.find(
      (each) => each.symbol === '14-CTr/TU',
    );
    const requirement = {
      code: 'YC-MOI',
      planId: plan?.id,
      form: { code: 'BM-MOI', version: 2 },
      reminderPolicy: 'DON-DOC',
      title: 'Báo cáo tháng của phường Một',
      periodScheme: 'stateMonth',
      deadlineRule: { cell: { kind: 'workingDaysAfterCutoff', days: 2, at: '17:00' } },
      windowRule: { opensDaysBeforeCutoff: 5, closesDaysAfterDeadline: 30 },
      scopeUnit: 'W1',
      activeFrom: '2026-01-01',
    };
    const created = await admin<RequirementAdministrationView>('POST', '/requirements', requirement);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      planSymbol: '14-CTr/TU',
      form: { code: 'BM-MOI', version: 2 },
      scopeUnit: 'W1',
      openedPeriods: [],
    });
    expect((await admin('POST', '/requirements', requirement)).status).toBe(409);
    const wrong = await admin('POST', '/requirements', {
      ...requirement,
      code: 'YC-SAI',
      form: { code: 'BM-MOI', version: 77 },
      reminderPolicy: 'KHONG-CO',
      scopeUnit: 'KHONG-CO',
    });
    expect(faults(wrong)).toEqual([
      ['/form/version', 'form.versionUnknown'],
      ['/reminderPolicy', 'reminderPolicy.unknown'],
      ['/scopeUnit', 'unit.unknown'],
    ]);
    const wrongRule = await admin('POST', '/requirements', {
      ...requirement,
      code: 'YC-SAI',
      deadlineRule: { huyen: {} },
      windowRule: {},
    });
    expect(faults(wrongRule).map(([pointer]) => pointer?.split('/')[1])).toEqual(
      expect.arrayContaining(['deadlineRule', 'windowRule']),
    );
    expect(
      (await admin('POST', '/requirements', { ...requirement, code: 'YC-SAI', activeTo: '2025-12-31' }))
        .status,
    ).toBe(422);
    expect(await rowsOf('requirement')).toBe(2);

    const opened = await admin<PeriodOpenedView>('POST', '/requirements/YC-MOI/periods/2026-11/open');
    expect(opened.status).toBe(200);
    // W1-1, W1-2, W1-3 and W1-G-1: committees and grass-roots organisations are not asked by this rule; W1-4
    // was moved to W2.
    expect(opened.body).toMatchObject({
      created: 4,
      obligations: 4,
      nodes: 2,
      period: { startsOn: '2026-10-15', endsOn: '2026-11-14' },
    });
    const again = await admin<PeriodOpenedView>('POST', '/requirements/YC-MOI/periods/2026-11/open');
    expect(again.body).toMatchObject({ created: 0, obligations: 4 });
    await admin('POST', '/units', aUnit({ code: 'W1-5', name: 'Chi bộ tổ dân phố 5' }));
    const grown = await admin<PeriodOpenedView>('POST', '/requirements/YC-MOI/periods/2026-11/open');
    expect(grown.body).toMatchObject({ created: 1, obligations: 5 });
    const listed = await admin<{ items: RequirementAdministrationView[] }>('GET', '/requirements');
    expect(listed.body.items.find((each) => each.code === 'YC-MOI')?.openedPeriods).toEqual(['2026-11']);
  });

  it('a period that is none, or outside the requirement, is refused', async () => {
    const open = (code: string, key: string) => admin('POST', `/requirements/${code}/periods/${key}/open`);
    expect((await open('YC-MOI', '2026-13')).body.code).toBe('period.unknown');
    expect((await open('YC-MOI', '2024-05')).body.code).toBe('period.unknown');
    expect((await open('KHONG-CO', '2026-11')).status).toBe(404);
  });

  it.each<[PeriodScheme, string, string, string]>([
    ['stateQuarter', '2026-Q4', '2026-09-15', '2026-12-14'],
    ['calendarQuarter', '2026-Q4', '2026-10-01', '2026-12-31'],
    ['stateHalfYear', '2026-H2', '2026-06-15', '2026-12-14'],
    ['calendarHalfYear', '2026-H2', '2026-07-01', '2026-12-31'],
    ['stateNineMonths', '2026-9M', '2025-12-15', '2026-09-14'],
    ['calendarNineMonths', '2026-9M', '2026-01-01', '2026-09-30'],
    ['stateYear', '2026', '2025-12-15', '2026-12-14'],
    ['calendarYear', '2026', '2026-01-01', '2026-12-31'],
  ])('a requirement may ask by %s: %s', async (periodScheme, key, startsOn, endsOn) => {
    const { items } = (await admin<{ items: RequirementAdministrationView[] }>('GET', '/requirements')).body;
    const { planId } = items.find(({ code }) => code === 'YC-MOI') ?? {};
    const code = `YC-${periodScheme.toUpperCase()}`;
    const asked = await admin('POST', '/requirements', {
      ...REQUIREMENT_WITHOUT_REFERENCES,
      code,
      planId,
      form: { code: 'BM-MOI', version: 1 },
      reminderPolicy: 'DON-DOC',
      scopeUnit: 'W1',
      periodScheme,
      deadlineRule: { cell: { kind: 'dayOfMonth', day: 25, monthOffset: -1, at: '17:00' } },
      windowRule: { opensDaysBeforeCutoff: 60, closesDaysAfterDeadline: 30 },
    });
    expect(faults(asked)).toEqual([]);
    const opened = await admin<PeriodOpenedView>('POST', `/requirements/${code}/periods/${key}/open`);
    expect(opened.body).toMatchObject({ period: { key, startsOn, endsOn } });
    expect(opened.body.created).toBeGreaterThan(0);
    const month = await admin('POST', `/requirements/${code}/periods/2026-11/open`);
    expect([month.status, month.body.detail]).toEqual([422, expect.stringContaining('viết như 202')]);
    const next = await admin<RequirementAdministrationView & ProblemDetails>(
      'POST',
      `/requirements/${code}/forms`,
      { version: 2, from: key },
    );
    expect(faults(next)).toEqual([['/from', 'form.periodOpened']]);
  });
});

describe('days that can only be slips of the pen', () => {
  it.each([
    [
      'the first day of a unit',
      '/units',
      { ...aUnit({ code: 'W1-XA' }), validFrom: '9999-01-01' },
      '/validFrom',
    ],
    ['the day of a change', '/units/W1-1/facts', { effectiveOn: '9999-01-01', name: 'Tên' }, '/effectiveOn'],
    ['the day of a change', '/units/W1-1/facts', { effectiveOn: '1929-12-31', name: 'Tên' }, '/effectiveOn'],
    ['the day of a plan', '/plans', { ...aPlan(), issuedOn: '2031-01-01' }, '/issuedOn'],
  ])('are refused: %s', async (_what, path, body, pointer) => {
    const answer = await admin('POST', path, body);
    expect(answer.status).toBe(422);
    expect(faults(answer)).toEqual([[pointer, 'day.tooFar']]);
    expect(answer.body.errors?.[0]?.message).toContain('không quá 2 năm kể từ hôm nay');
  });

  it('leave a unit free to be renamed', async () => {
    await admin('POST', '/units/W1-2/facts', { effectiveOn: '9999-01-01', name: 'Tên của năm 9999' });
    const renamed = await admin('POST', '/units/W1-2/facts', { effectiveOn: '2026-11-16', name: 'Tên mới' });
    expect(renamed.status).toBe(200);
  });

  it.each([
    ['activeFrom', { activeFrom: '2031-01-01' }],
    ['activeTo', { activeTo: '2099-01-01' }],
  ])('are refused in a requirement: %s', async (field, days) => {
    const answer = await admin('POST', '/requirements', { ...REQUIREMENT_WITHOUT_REFERENCES, ...days });
    expect(faults(answer)).toEqual([[`/${field}`, 'day.tooFar']]);
  });

  it('open no period', async () => {
    const far = await admin('POST', '/requirements/YC-THU/periods/2126-01/open');
    expect(far.body).toMatchObject({ status: 422, code: 'period.unknown' });
    expect(far.body.detail).toContain('không quá 2 năm kể từ hôm nay');
  });
});

describe('null', () => {
  it('says the same as leaving a field out', async () => {
    const contact = { unit: 'W1', role: 'clerk', name: 'Văn thư', email: 'van-thu@example.org', phone: null };
    expect((await admin<ContactView>('POST', '/contacts', contact)).body).toMatchObject({ phone: null });
    const unit = { ...aUnit({ code: 'W1-NULL' }), tile: null, population: null };
    expect((await admin<UnitDetailView>('POST', '/units', unit)).body).toMatchObject({ tile: null });
  });

  it('for both ways to reach a contact is refused in words', async () => {
    const answer = await admin('POST', '/contacts', {
      unit: 'W1',
      role: 'clerk',
      name: 'Văn thư',
      email: null,
      phone: null,
    });
    expect(answer.status).toBe(422);
    expect(answer.body.errors?.[0]?.message).toBe('Cần có thư điện tử hoặc số điện thoại.');
  });
});
