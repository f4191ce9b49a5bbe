import { createHash, randomUUID } from 'node:crypto';
import { readdir, utimes, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { FileListView, FileView, ProblemDetails, ReceiptView } from '@mach/contracts';
import { FILE_LIMITS } from '@mach/domain';
import { FileSweep } from '../../../apps/gateway/src/files/file.sweep';
import { eventually } from '../../support/eventually';
import { IMAGES, officeFile, pdfFile } from '../../support/office-files';
import { type Answer, RunningGateway } from './running-gateway';

const DAY_MS = 86_400_000;
const NAME = 'Báo cáo tháng 11.pdf';

let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await RunningGateway.start();
});
afterAll(() => gateway.stop());

function obligation(unit: string): string {
  return String(gateway.city.obligationId(unit));
}

async function upload<T = FileView>(
  username: string,
  unit: string,
  content: Buffer,
  {
    name = NAME,
    slot = 'van_ban',
    headers = {},
  }: { name?: string; slot?: string; headers?: Record<string, string> } = {},
): Promise<Answer<T>> {
  const response = await fetch(`${gateway.url}/api/v1/obligations/${obligation(unit)}/files?slot=${slot}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await gateway.tokenOf(username)}`,
      'content-type': 'application/octet-stream',
      'x-file-name': encodeURIComponent(name),
      ...headers,
    },
    body: content,
  });
  const said = await response.text();
  return { status: response.status, headers: response.headers, text: said, body: JSON.parse(said) as T };
}

async function listed(unit: string): Promise<readonly FileView[]> {
  return (await gateway.as<FileListView>('vanphong', 'GET', `/api/v1/obligations/${obligation(unit)}/files`))
    .body.items;
}

async function rows(): Promise<number> {
  const [row] = await gateway.database.dataSource.query<{ count: number }[]>(
    'select count(*)::int as count from report_file',
  );
  return row?.count ?? -1;
}

/** Names of everything below the folder of files. */
async function onDisk(): Promise<string[]> {
  const entries = await readdir(gateway.filesDir, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

async function download(username: string, id: string): Promise<Response> {
  return fetch(`${gateway.url}/api/v1/files/${id}`, {
    headers: { authorization: `Bearer ${await gateway.tokenOf(username)}` },
  });
}

describe('a file for a report', () => {
  it('is taken in, listed, and comes back as it was, to be saved and nothing else', async () => {
    const content = pdfFile();
    const { status, body } = await upload('w1-1', 'W1-1', content);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      slot: 'van_ban',
      name: NAME,
      kind: 'pdf',
      size: content.length,
      sent: false,
    });
    expect(await listed('W1-1')).toEqual([body]);
    expect(await onDisk()).toEqual([body.id]);
    const [{ sha256 } = { sha256: null }] = await gateway.database.dataSource.query<{ sha256: Buffer }[]>(
      'select sha256 from report_file where id = $1',
      [body.id],
    );
    expect(sha256).toEqual(createHash('sha256').update(content).digest());

    const response = await download('w1', body.id);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(content);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(content.length),
      'content-disposition': `attachment; filename="Bao cao thang 11.pdf"; filename*=UTF-8''${encodeURIComponent(NAME)}`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });

  it('is let go of as soon as it is too large', async () => {
    const before = await rows();
    const tooLarge = Buffer.alloc(FILE_LIMITS.bytes + 1, pdfFile());
    const { status, body } = await upload<ProblemDetails>('w1-1', 'W1-1', tooLarge);
    expect([status, body.errors?.[0]?.code]).toEqual([422, 'file.tooLarge']);
    expect(await rows()).toBe(before);
    expect(await onDisk()).toHaveLength(before);
  });

  it.each([
    ['a program under another name', Buffer.from('MZ'), {}, 'file.unknownKind'],
    ['a picture called PDF', IMAGES.png, {}, 'file.otherKind'],
    ['a name that leads elsewhere', pdfFile(), { name: '../../a.pdf' }, 'file.badName'],
    ['a name of two lines', pdfFile(), { name: 'a\r\nX: y.pdf' }, 'file.badName'],
    ['a name that turns', pdfFile(), { name: 'a\u202efdp.pdf' }, 'file.badName'],
    ['a name with a mark', pdfFile(), { name: 'Tờ trình (Mật).pdf' }, 'plan.classified'],
    ['nothing', Buffer.alloc(0), {}, 'file.empty'],
    ['a place the form does not have', pdfFile(), { slot: 'khac' }, 'file.unknownSlot'],
  ])('is refused when it is %s, and nothing is kept', async (_case, content, options, code) => {
    const before = [await rows(), (await onDisk()).length];
    const { status, body } = await upload<ProblemDetails>('w1-1', 'W1-1', content, options);
    expect([status, body.errors?.[0]?.code]).toEqual([422, code]);
    expect([await rows(), (await onDisk()).length]).toEqual(before);
  });

  it('is refused when macros or marks are in it', async () => {
    const macros = await officeFile('docx', { more: { 'word/vbaProject.bin': 'x' } });
    const marked = await officeFile('docx', { text: 'Tuyệt mật' });
    for (const [content, code] of [
      [macros, 'file.macros'],
      [marked, 'plan.classified'],
    ] as const) {
      const { body } = await upload<ProblemDetails>('w1-1', 'W1-1', content, { name: 'a.docx' });
      expect(body.errors?.[0]?.code).toBe(code);
    }
  });

  it('is refused with a name that cannot be read, as JSON, and where no report is taken', async () => {
    expect((await upload('w1-1', 'W1-1', pdfFile(), { headers: { 'x-file-name': '%ff' } })).status).toBe(400);
    expect(
      (await upload('w1-1', 'W1-1', Buffer.from('{}'), { headers: { 'content-type': 'application/json' } }))
        .status,
    ).toBe(415);
    expect((await upload<ProblemDetails>('w2', 'W2-2', pdfFile())).body.code).toBe('report.exempt');
    const elsewhere = await gateway.request('POST', '/api/v1/session', {
      body: 'x',
      headers: { 'content-type': 'application/octet-stream' },
    });
    expect(elsewhere.status).toBe(415);
  });

  it('is let go of when its sender leaves in the middle', async () => {
    const before = (await onDisk()).length;
    const { port, hostname } = new URL(gateway.url);
    const socket = connect(Number(port), hostname.replace(/[[\]]/g, ''));
    const head = [
      `POST /api/v1/obligations/${obligation('W1-1')}/files?slot=van_ban HTTP/1.1`,
      'Host: mach',
      `Authorization: Bearer ${await gateway.tokenOf('w1-1')}`,
      'Content-Type: application/octet-stream',
      'X-File-Name: a.pdf',
      'Content-Length: 100000',
      '',
      '%PDF-1.7 …',
    ];
    socket.write(head.join('\r\n'));
    await eventually(async () => (await onDisk()).length === before + 1);
    socket.destroy();
    await eventually(async () => (await onDisk()).length === before);
  });

  it('may be deleted by whoever reports, and by nobody else', async () => {
    const { body } = await upload('w1-1', 'W1-1', pdfFile());
    expect((await gateway.as('vanphong', 'DELETE', `/api/v1/files/${body.id}`)).status).toBe(403);
    expect((await gateway.as('w2-1', 'DELETE', `/api/v1/files/${body.id}`)).status).toBe(403);
    expect((await gateway.as('w2-1', 'GET', `/api/v1/files/${body.id}`)).status).toBe(403);
    expect((await gateway.as('w1', 'DELETE', `/api/v1/files/${body.id}`)).status).toBe(204);
    expect((await gateway.as('w1', 'DELETE', `/api/v1/files/${body.id}`)).status).toBe(404);
    expect((await listed('W1-1')).map(({ id }) => id)).not.toContain(body.id);
    expect(await onDisk()).not.toContain(body.id);
  });
});

describe('a report that names files', () => {
  const named = (unit: string, attachments: unknown) =>
    gateway.submit<ReceiptView & ProblemDetails>(unit.toLowerCase(), { unit, attachments });

  it('takes those of its own obligation, which then stay', async () => {
    const { body: file } = await upload('w2-1', 'W2-1', await officeFile('xlsx'), { name: 'bang.xlsx' });
    expect((await named('W2-1', [file.id])).status).toBe(202);
    expect(await listed('W2-1')).toEqual([{ ...file, sent: true }]);
    const refused = await gateway.as('w2-1', 'DELETE', `/api/v1/files/${file.id}`);
    expect([refused.status, refused.body.code]).toEqual([409, 'file.sent']);
    expect((await download('w2-1', file.id)).status).toBe(200);
  });

  it('is refused with those of another obligation, with unknown ones, and with too many', async () => {
    const { body: foreign } = await upload('w1-1', 'W1-1', pdfFile());
    const own = await Promise.all([1, 2, 3].map(() => upload('w2-1', 'W2-1', pdfFile())));
    for (const [attachments, code] of [
      [[foreign.id], 'attachment.unknown'],
      [[randomUUID()], 'attachment.unknown'],
      [own.map(({ body }) => body.id), 'attachment.tooMany'],
      ['x', 'attachments.wrongType'],
    ] as const) {
      const { status, body } = await named('W2-1', attachments);
      expect([status, body.errors?.[0]?.code]).toEqual([422, code]);
    }
  });

  it('keeps a file from being deleted while it is written down, even when it never is', async () => {
    const { body: file } = await upload('w1-1', 'W1-1', pdfFile());
    const key = randomUUID();
    // Another file is unknown: the report is refused after it has claimed this one.
    await gateway.submit('w1-1', { attachments: [file.id, randomUUID()] }, key);
    expect((await gateway.as('w1-1', 'DELETE', `/api/v1/files/${file.id}`)).status).toBe(409);
  });
});

describe('the sweep', () => {
  const sweep = (): Promise<void> => gateway.app.get(FileSweep).runOnce();
  const age = (id: string, days: number) =>
    gateway.database.dataSource.query(
      `update report_file set created_at = created_at - $2 * interval '1 day', claimed_at = claimed_at - $2 * interval '1 day' where id = $1`,
      [id, days],
    );
  const exists = async (id: string): Promise<boolean> => (await onDisk()).includes(id);

  it('removes what neither a report nor an open draft named for a week', async () => {
    const [fresh, forgotten, drafted, sent] = await Promise.all(
      [1, 2, 3, 4].map(async () => (await upload('w1', 'W1-2', pdfFile())).body.id),
    );
    const draft = { basedOn: null, formVersion: 1, startedFrom: null, attachments: [drafted] };
    const saved = await gateway.as('w1', 'PUT', `/api/v1/obligations/${obligation('W1-2')}/draft`, {
      body: draft,
    });
    expect(saved.status).toBe(200);
    expect((await gateway.submit('w1', { unit: 'W1-2', attachments: [sent] })).status).toBe(202);
    for (const id of [forgotten, drafted, sent]) await age(id ?? '', 8);
    await age(fresh ?? '', 6);
    await sweep();
    expect(await Promise.all([fresh, forgotten, drafted, sent].map((id) => exists(id ?? '')))).toEqual([
      true,
      false,
      true,
      true,
    ]);
    // What a report took is not looked at again.
    const taken = await gateway.database.dataSource.query('select id from report_file where taken');
    expect(taken).toEqual([{ id: sent }]);
  });

  it('finishes what a process that died had begun', async () => {
    const { body: deleted } = await upload('w1', 'W1-3', pdfFile());
    const { body: halfStored } = await upload('w1', 'W1-3', pdfFile());
    const source = gateway.database.dataSource;
    await source.query('update report_file set deleted_at = now() where id = $1', [deleted.id]);
    await source.query('update report_file set stored_at = null where id = $1', [halfStored.id]);
    expect(await listed('W1-3')).toEqual([]);
    await age(halfStored.id, 1);
    const left = join(gateway.filesDir, 'incoming', randomUUID());
    await writeFile(left, 'x');
    const old = new Date(Date.now() - DAY_MS);
    await utimes(left, old, old);
    await sweep();
    expect(await readdir(join(gateway.filesDir, 'incoming'))).toEqual([]);
    expect([await exists(deleted.id), await exists(halfStored.id)]).toEqual([false, false]);
    expect(
      await source.query('select 1 from report_file where id = any($1)', [[deleted.id, halfStored.id]]),
    ).toEqual([]);
  });
});

describe('two hundred files at once', () => {
  it('are taken as fast as one may send, and none is left half kept', async () => {
    const before = [await rows(), (await onDisk()).length];
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => upload<ProblemDetails>('w2-1', 'W2-1', pdfFile())),
    );
    const kept = answers.filter(({ status }) => status === 201).length;
    const told = new Set(answers.flatMap(({ status, body }) => (status === 201 ? [] : [body.code])));
    expect([...told].filter((code) => code !== 'file.tooFast' && code !== 'server.busy')).toEqual([]);
    // What the pace lets through at once, and hardly more meanwhile.
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(FILE_LIMITS.perObligation);
    expect([await rows(), (await onDisk()).length]).toEqual(before.map((count) => count + kept));
    // A committee's own pace is its own.
    expect((await upload('w2', 'W2-1', pdfFile())).status).toBe(201);
  });
});
