import type { CompiledTextsView, ProblemDetails, ReceiptView, RollupView } from '@mach/contracts';
import { compileForm, type FormDefinition } from '@mach/domain';
import { decideWaiting } from './decide-waiting';
import { type Answer, RunningGateway } from './running-gateway';
import { FORM, PERIOD, REQUIREMENT } from './small-city';

jest.setTimeout(60_000);

const NOW = Date.parse('2026-11-15T09:00:00+07:00');
const definition: FormDefinition = {
  ...FORM,
  indicators: [
    ...FORM.indicators,
    {
      code: 'theme',
      label: 'Chủ đề',
      section: 'Học tập',
      required: false,
      time: 'flow',
      type: 'text',
      maxLength: 200,
      aggregation: { kind: 'compiled' },
    },
  ],
};
const form = compileForm(definition);

let gateway: RunningGateway;

beforeEach(async () => {
  gateway = await RunningGateway.start();
  await gateway.database.dataSource.query('update form_version set definition = $1', [
    JSON.stringify(definition),
  ]);
  await gateway.database.dataSource.query('update obligation set needs_approval = true');
});

afterEach(async () => {
  await gateway.stop();
});

/** Sends a report, not yet decided. */
async function send(
  unit: string,
  remarks: string | null,
  theme?: string,
  basedOn: string | null = null,
): Promise<ReceiptView> {
  const sent = await gateway.submit<ReceiptView>(unit.startsWith('W1') ? 'w1' : 'w2', {
    unit,
    basedOn,
    figures: { sessions: 4, ...(theme === undefined ? {} : { theme: { text: theme } }) },
    narratives: remarks === null ? {} : { remarks },
  });
  expect(sent.status).toBe(202);
  return sent.body;
}

const decide = (): Promise<void> => decideWaiting(gateway, form, NOW);

function texts(
  username: string,
  unit: string,
  query = '',
  code = 'remarks',
): Promise<Answer<CompiledTextsView & ProblemDetails>> {
  return gateway.as(
    username,
    'GET',
    `/api/v1/rollups/${REQUIREMENT}/${PERIOD}/${unit}/texts/${code}${query}`,
  );
}

async function said(username: string, unit: string, query = '', code = 'remarks'): Promise<string[][]> {
  const { body } = await texts(username, unit, query, code);
  return body.items.map((item) => [item.unit.code, item.text]);
}

function giveBack(unit: string, more: object): Promise<Answer<unknown>> {
  return gateway.as('w1', 'POST', `/api/v1/obligations/${String(gateway.city.obligationId(unit))}/return`, {
    body: { version: 1, correctBy: '2026-11-20T17:00:00+07:00', ...more },
  });
}

describe('what the units of a subtree wrote', () => {
  it('is read under each heading, unit by unit, each with its report', async () => {
    const receipt = await send('W1-1', 'Học tập nghiêm túc.', 'Nghị quyết Đại hội');
    await send('W1-G-1', 'Còn chậm.');
    await send('W1-2', null);
    await send('W1-3', '  \n ');
    await send('W2-1', 'Xã Hai làm tốt.');
    await decide();
    const { body } = await texts('w1', 'W1');
    expect(body).toEqual({
      items: [
        {
          obligationId: String(gateway.city.obligationId('W1-1')),
          unit: { code: 'W1-1', name: 'Chi bộ tổ dân phố 1' },
          receiptNumber: receipt.receiptNumber,
          version: 1,
          receivedAt: receipt.receivedAt,
          text: 'Học tập nghiêm túc.',
        },
        expect.objectContaining({ unit: { code: 'W1-G-1', name: 'Chi bộ Tổ Tự nhiên' }, text: 'Còn chậm.' }),
      ],
      next: null,
    });
    expect(await said('vanphong', 'HP')).toEqual([
      ['W1-1', 'Học tập nghiêm túc.'],
      ['W1-G-1', 'Còn chậm.'],
      ['W2-1', 'Xã Hai làm tốt.'],
    ]);
    expect(await said('w1', 'W1-G')).toEqual([['W1-G-1', 'Còn chậm.']]);
    expect(await said('w1', 'W1', '', 'theme')).toEqual([['W1-1', 'Nghị quyết Đại hội']]);
    expect((await texts('w1', 'W1', '', 'sessions')).status).toBe(404);
    const node = await gateway.as<RollupView>('w1', 'GET', `/api/v1/rollups/${REQUIREMENT}/${PERIOD}/W1`);
    expect(node.body.narratives).toEqual(definition.narratives);
  });

  it('comes a page at a time, by the code of the unit', async () => {
    for (const unit of ['W1', 'W1-1', 'W1-2', 'W1-3', 'W1-G-1']) await send(unit, `Của ${unit}`);
    await decide();
    const first = await texts('w1', 'W1', '?limit=2');
    expect([first.body.items.map(({ text }) => text), first.body.next]).toEqual([
      ['Của W1', 'Của W1-1'],
      'W1-1',
    ]);
    const second = await texts('w1', 'W1', '?limit=2&cursor=W1-1');
    expect([second.body.items.map(({ text }) => text), second.body.next]).toEqual([
      ['Của W1-2', 'Của W1-3'],
      'W1-3',
    ]);
    const last = await texts('w1', 'W1', '?limit=2&cursor=W1-3');
    expect([last.body.items.map(({ text }) => text), last.body.next]).toEqual([['Của W1-G-1'], null]);
    expect((await texts('w1', 'W1', '?limit=101')).status).toBe(422);
  });

  it('is searched in by words of the unit and of the text, accents or not', async () => {
    await send('W1-1', 'Đã tổ chức HỌC TẬP nghị quyết.');
    await send('W1-2', 'Nghị quyết được quán triệt.'.normalize('NFD'));
    await send('W1-G-1', 'Chưa làm.');
    await decide();
    const search = async (words: string) =>
      (await said('w1', 'W1', `?q=${encodeURIComponent(words)}`)).map(([unit]) => unit);
    expect(await search('nghi quyet')).toEqual(['W1-1', 'W1-2']);
    expect(await search('học tập')).toEqual(['W1-1']);
    expect(await search('hoc dan pho')).toEqual(['W1-1']);
    expect(await search('TU NHIEN')).toEqual(['W1-G-1']);
    expect(await search('W1-2')).toEqual(['W1-2']);
    expect(await search('không có')).toEqual([]);
    expect(await search('.*')).toEqual([]);
    expect(await search('[(\\')).toEqual([]);
  });

  it('says the newest version only, and nothing of what waits, was given back or is not asked', async () => {
    const first = await send('W1-1', 'Bản đầu.');
    await send('W1-2', 'Được giữ.');
    await decide();
    await send('W1-1', 'Bản thay thế.', undefined, first.receiptNumber);
    await send('W1-3', 'Chưa xét.');
    expect(await said('w1', 'W1')).toEqual([
      ['W1-1', 'Bản đầu.'],
      ['W1-2', 'Được giữ.'],
    ]);
    await decide();
    expect(await said('w1', 'W1')).toEqual([
      ['W1-1', 'Bản thay thế.'],
      ['W1-2', 'Được giữ.'],
      ['W1-3', 'Chưa xét.'],
    ]);
    expect((await giveBack('W1-2', { reason: 'Viết lại' })).status).toBe(200);
    await gateway.database.dataSource.query(
      `update obligation set exempt_reason = 'Sáp nhập' where id = $1`,
      [gateway.city.obligationId('W1-3')],
    );
    expect(await said('w1', 'W1')).toEqual([['W1-1', 'Bản thay thế.']]);
  });

  it('leaves out a text that was given back by itself, and keeps the rest of the report', async () => {
    await send('W1-1', 'Còn nguyên.', 'Chủ đề sai');
    await send('W1-2', 'Cũng vậy.', 'Chủ đề đúng');
    await decide();
    const given = await giveBack('W1-1', { figures: [{ code: 'theme', reason: 'Không đúng chủ đề' }] });
    expect(given.status).toBe(200);
    expect(await said('w1', 'W1', '', 'theme')).toEqual([['W1-2', 'Chủ đề đúng']]);
    expect(await said('w1', 'W1')).toEqual([
      ['W1-1', 'Còn nguyên.'],
      ['W1-2', 'Cũng vậy.'],
    ]);
  });

  it('is not shown of a unit that has moved out of reach', async () => {
    await send('W1-1', 'Nay thuộc xã Hai.');
    await send('W1-2', 'Vẫn ở đây.');
    await decide();
    await gateway.as('quantri', 'POST', '/api/v1/units/W1-1/facts', {
      body: { effectiveOn: '2026-11-15', parent: 'W2' },
    });
    expect(await said('w1', 'W1')).toEqual([['W1-2', 'Vẫn ở đây.']]);
    expect((await said('vanphong', 'W1')).map(([unit]) => unit)).toEqual(['W1-1', 'W1-2']);
    expect((await texts('w1', 'W2')).status).toBe(403);
  });
});
