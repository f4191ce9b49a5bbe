import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { FileView } from '@mach/contracts';
import { Client } from 'pg';
import { eventually } from '../support/eventually';
import { removeState, type Run, ScriptRun, stateFolder } from '../support/system/npm-start';
import { Person } from '../support/system/person';
import { freePort } from '../support/system/processes';
import { pdfFile } from '../support/office-files';
import { aReport, quantityOf } from '../support/a-report';

async function rows<T extends object>(run: Run, statement: string): Promise<T[]> {
  const client = new Client({ connectionString: run.databaseUrl });
  await client.connect();
  try {
    return (await client.query<T>(statement)).rows;
  } finally {
    await client.end();
  }
}

/** How many rows each table holds. */
async function rowsOf(run: Run): Promise<Map<string, number>> {
  const tables = await rows<{ name: string }>(
    run,
    `select table_name as name from information_schema.tables where table_schema = 'public'`,
  );
  const counts = tables.map(({ name }) => `select '${name}' as name, count(*)::int as n from "${name}"`);
  const found = await rows<{ name: string; n: number }>(run, counts.join(' union all '));
  return new Map(found.map(({ name, n }) => [name, n]));
}

async function cellsOf(run: Run): Promise<string[]> {
  const cells = await rows<{ code: string }>(
    run,
    `select code from unit where code ~ '^[0-9]+-[0-9]+$' order by code`,
  );
  return cells.map(({ code }) => code);
}

/** A file for the report of a cell, there before the copy is made. @returns its id */
async function sentFile(run: Run): Promise<string> {
  const committee = await Person.signIn(run.url, '11560');
  const { id } = await committee.obligation('11560-001');
  const response = await fetch(`${run.url}/api/v1/obligations/${id}/files?slot=van_ban`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${committee.token}`,
      'content-type': 'application/octet-stream',
      'x-file-name': 'bao-cao.pdf',
    },
    body: new Uint8Array(pdfFile()),
  });
  expect(response.status).toBe(201);
  return ((await response.json()) as FileView).id;
}

const different = (one: Map<string, number>, other: Map<string, number>): string[] =>
  [...one].filter(([table, rows]) => other.get(table) !== rows).map(([table]) => table);

describe('npm run backup and npm run restore', () => {
  const states = [stateFolder(), stateFolder()] as const;
  const copy = join(stateFolder(), 'copy');
  let started: ScriptRun | null = null;

  afterAll(async () => {
    await started?.end('SIGTERM');
    for (const folder of [...states, join(copy, '..')]) removeState(folder);
  }, 30_000);

  async function start(state: string): Promise<Run> {
    started = new ScriptRun('scripts/start.mjs', [], state, { MACH_PORT: String(await freePort()) });
    return started.announced();
  }

  it('keep every row and figure, taken while reports come in, and overwrite nothing', async () => {
    const run = await start(states[0]);
    const file = await sentFile(run);
    const enough = new AbortController();
    let sent = 0;
    const sending = (async () => {
      let committee: Person | null = null;
      for (const cell of await cellsOf(run)) {
        if (enough.signal.aborted) return;
        const [above = ''] = cell.split('-');
        if (committee?.unit !== above) committee = await Person.signIn(run.url, above);
        sent += 1;
        const answer = await committee.submit(aReport(cell, { study_sessions: '1' }), randomUUID());
        expect(answer.status).toBe(202);
      }
    })();
    await eventually(() => sent > 5);
    const certain = sent - 1;
    const before = await rowsOf(run);
    const backup = new ScriptRun('scripts/backup.mjs', [copy], states[0]);
    expect([await backup.exited, backup.output]).toEqual([0, expect.stringContaining(copy)]);
    enough.abort();
    await sending;
    const after = await rowsOf(run);

    const refused = new ScriptRun('scripts/restore.mjs', [copy], states[0]);
    expect([await refused.exited, refused.output]).toEqual([1, expect.stringContaining('Mạch is running')]);
    expect(await started?.end('SIGTERM')).toBe(0);
    const occupied = new ScriptRun('scripts/restore.mjs', [copy], states[0]);
    expect([await occupied.exited, occupied.output]).toEqual([
      1,
      expect.stringContaining('holds data already'),
    ]);

    const restore = new ScriptRun('scripts/restore.mjs', [copy], states[1]);
    expect([await restore.exited, restore.output]).toEqual([0, expect.stringContaining('npm start')]);
    const again = await start(states[1]);
    expect(started?.output).toContain('Preparing the database');
    const office = await Person.signIn(again.url, 'vanphong');
    const read = await fetch(`${again.url}/api/v1/files/${file}`, {
      headers: { authorization: `Bearer ${office.token}` },
    });
    expect([read.status, Buffer.from(await read.arrayBuffer())]).toEqual([200, pdfFile()]);
    const city = await eventually(async () => {
      const view = await office.rollup('HP');
      return view.node.exact && view.node.counts.accepted === view.node.counts.received && view;
    }, 30_000);
    const accepted = city.node.counts.accepted;
    expect(accepted).toBeGreaterThanOrEqual(certain);
    expect(accepted).toBeLessThanOrEqual(sent);
    expect(quantityOf(city, 'study_sessions')).toBe(String(accepted));
    const restored = await rowsOf(again);
    expect(restored.get('submission')).toBe(accepted);
    // What no report touches is there to the last row; hints are looked for behind the decisions, at any time.
    const hints = ['hint_yardstick', 'hint_peers', 'hint_check', 'submission_hint', 'narrative_sketch'];
    const moving = new Set([...different(before, after), 'session', ...hints]);
    expect(different(restored, after).filter((table) => !moving.has(table))).toEqual([]);
    expect(restored.get('unit')).toBeGreaterThan(10_000);
  }, 480_000);
});
