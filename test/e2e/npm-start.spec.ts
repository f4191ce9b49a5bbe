import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { Client } from 'pg';
import { eventually } from '../support/eventually';
import { isAlive, removeState, type Run, ScriptRun, stateFolder } from '../support/system/npm-start';
import { Person } from '../support/system/person';
import { freePort } from '../support/system/processes';
import { aReport, quantityOf } from '../support/a-report';

/** Keeps a backend in the processor: it looks neither at its client nor at the postmaster. */
async function keepBackendBusy(databaseUrl: string): Promise<number> {
  const client = new Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const pid = rows[0]?.pid;
  if (pid === undefined) throw new Error('no backend');
  client.query('select count(*) from generate_series(1, 100000000000)').catch(() => undefined);
  return pid;
}

describe('npm start', () => {
  const state = stateFolder();
  let started: ScriptRun;
  let port: number;
  let run: Run = { pid: 0, url: '', databaseUrl: '', pids: {} };
  let sent = 0;

  const begin = (): ScriptRun => new ScriptRun('scripts/start.mjs', [], state, { MACH_PORT: String(port) });

  /** A committee that reports for its cells, however often its request is cut or refused. */
  async function report(committee: Person, count: number): Promise<void> {
    for (let n = 0; n < count; n += 1) {
      sent += 1;
      const unit = `11560-${String(sent).padStart(3, '0')}`;
      const key = randomUUID();
      await eventually(async () => {
        const answer = await committee.submit(aReport(unit, { study_sessions: '1' }), key).catch(() => null);
        return answer?.status === 202;
      }, 60_000);
    }
  }

  async function expectExact(): Promise<void> {
    const office = await eventually(
      () => Person.signIn(run.url, 'vanphong').catch(() => false as const),
      30_000,
    );
    const city = await eventually(async () => {
      const view = await office.rollup('HP').catch(() => null);
      return view?.node.exact === true && view.node.counts.accepted === sent ? view : false;
    }, 60_000);
    expect(quantityOf(city, 'study_sessions')).toBe(String(sent));
  }

  beforeAll(async () => {
    port = await freePort();
    started = begin();
  });

  afterAll(async () => {
    const code = await started.end('SIGTERM');
    for (const pid of Object.values(run.pids)) expect(isAlive(pid)).toBe(false);
    removeState(state);
    expect(code).toBe(0);
  }, 30_000);

  it('announces its own address when another program takes the port before the gateway binds it', async () => {
    // The gateway runs and still loads its modules: nobody could have seen this coming.
    await eventually(() => started.note()?.pids['gateway'] !== undefined, 180_000);
    const stranger = createServer((_request, response) => response.end('{"ready":true}'));
    stranger.listen(port, '127.0.0.1');
    await once(stranger, 'listening');
    run = await started.announced().finally(() => stranger.close());
    expect(new URL(run.url).port).not.toBe(String(port));
    expect(started.output).toContain(`gateway found port ${String(port)} taken by another program`);
    expect(started.output).toContain(run.url);
    await Person.signIn(run.url, 'vanphong');
  }, 300_000);

  it('refuses a second start in the same folder and leaves the first alone', async () => {
    const before = readFileSync(join(state, 'run.json'), 'utf8');
    const second = begin();
    expect(await second.exited).toBe(1);
    expect(second.output).toContain(`running already: ${run.url} (process ${String(run.pid)})`);
    expect(readFileSync(join(state, 'run.json'), 'utf8')).toBe(before);
    for (const pid of Object.values(run.pids)) expect(isAlive(pid)).toBe(true);
  }, 30_000);

  it('starts PostgreSQL again each time its postmaster is killed beneath busy backends, and stays exact', async () => {
    const committee = await Person.signIn(run.url, '11560');
    await report(committee, 3);
    for (let time = 0; time < 3; time += 1) {
      const backend = await keepBackendBusy(run.databaseUrl);
      const postmaster = started.note()?.pids['postgres'] ?? 0;
      process.kill(postmaster, 'SIGKILL');
      await report(committee, 3);
      await eventually(() => started.note()?.pids['postgres'] !== postmaster, 60_000);
      await eventually(() => !isAlive(backend));
    }
    await expectExact();
  }, 180_000);

  it('starts each service and Redis again, at once and as often as they are killed', async () => {
    const committee = await Person.signIn(run.url, '11560');
    for (const name of ['redis', 'gateway', 'aggregator', 'notifier', 'redis']) {
      const pid = started.note()?.pids[name] ?? 0;
      process.kill(pid, 'SIGKILL');
      await report(committee, 1);
      await eventually(() => started.note()?.pids[name] !== pid, 30_000);
    }
    await expectExact();
  }, 180_000);

  it('goes on with its data after kill -9: services end by themselves, servers are recognised', async () => {
    const { pids } = started.note() ?? run;
    await started.end('SIGKILL');
    for (const name of ['gateway', 'aggregator', 'notifier', 'catcher'])
      await eventually(() => !isAlive(pids[name] ?? 0), 30_000);
    expect(isAlive(pids['postgres'] ?? 0)).toBe(true);
    started = begin();
    run = await started.announced();
    expect(started.output).toContain('ended without stopping');
    expect(started.output).toContain(
      `PostgreSQL of an earlier run is still there (${String(pids['postgres'])})`,
    );
    expect(started.output).toContain(`redis of that run is still there (${String(pids['redis'])})`);
    for (const name of ['postgres', 'redis']) await eventually(() => !isAlive(pids[name] ?? 0));
    await expectExact();
  }, 300_000);
});
