import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Counter, Registry } from 'prom-client';
import { loadConfig } from './config/mach-config';
import { HealthServer } from './health/health-server';
import { ReadyChecks } from './health/ready-checks';
import { createApp } from './run-service';
import { RuntimeModule } from './runtime.module';
import { Clock, OffsetClock, SystemClock } from './time/clock';
import { IdGenerator } from './time/id-generator';

const config = (env: NodeJS.ProcessEnv = {}): ReturnType<typeof loadConfig> =>
  loadConfig({
    DATABASE_URL: 'postgres://127.0.0.1/mach',
    REDIS_URL: 'redis://127.0.0.1',
    MACH_CONTACT_KEY: Buffer.alloc(32).toString('base64'),
    ...env,
  });

describe('RuntimeModule', () => {
  let app: NestFastifyApplication;
  let health: string;

  beforeAll(async () => {
    @Module({ imports: [RuntimeModule.forRoot(config({ MACH_LOG_LEVEL: 'silent' }), 'aggregator')] })
    class TestModule {}
    app = await createApp(TestModule);
    await app.init();
    health = await app.get(HealthServer).listen(0, '127.0.0.1');
  });
  afterAll(async () => {
    await app.close();
  });

  it('says that it lives, on a port of its own and not beside the API', async () => {
    const answer = await fetch(`${health}/health/live`);
    expect([answer.status, await answer.json()]).toEqual([200, { live: true }]);
    for (const url of ['/health/live', '/health/ready', '/metrics'])
      expect((await app.inject({ method: 'GET', url })).statusCode).toBe(404);
  });

  it('answers nothing else there', async () => {
    expect((await fetch(`${health}/`)).status).toBe(404);
    expect((await fetch(`${health}/metrics/x`)).status).toBe(404);
    expect((await fetch(`${health}/metrics`, { method: 'POST', body: 'x' })).status).toBe(405);
  });

  it('does not start on a port that another holds', async () => {
    const { port } = new URL(health);
    const second = new HealthServer(app.get(ReadyChecks), app.get(Registry));
    await expect(second.listen(Number(port), '127.0.0.1')).rejects.toThrow('EADDRINUSE');
  });

  it('is ready when every check passes, and does not say why not', async () => {
    const checks = app.get(ReadyChecks);
    checks.add('postgresql', () => Promise.resolve());
    expect((await fetch(`${health}/health/ready`)).status).toBe(200);
    checks.add('redis', () => Promise.reject(new Error('password wrong for redis://secret@host')));
    const answer = await fetch(`${health}/health/ready`);
    expect([answer.status, await answer.json()]).toEqual([
      503,
      { ready: false, checks: { postgresql: 'up', redis: 'down' } },
    ]);
  });

  it('is not held up by a check that hangs', async () => {
    app.get(ReadyChecks).add('slow', () => new Promise(() => undefined));
    const answer = await fetch(`${health}/health/ready`);
    expect(await answer.json()).toMatchObject({ ready: false, checks: { slow: 'down' } });
  });

  it('shows the process and what any library counts', async () => {
    new Counter({ name: 'mach_test_total', help: 'test' }).inc(3);
    const text = await (await fetch(`${health}/metrics`)).text();
    expect(text).toMatch(/process_resident_memory_bytes\{service="aggregator"\}/);
    expect(text).toMatch(/mach_test_total\{service="aggregator"\} 3/);
  });

  it('gives the clock that the configuration names, and ids in the order of creation', async () => {
    expect(app.get(Clock)).toBeInstanceOf(SystemClock);
    const ids = Array.from({ length: 200 }, () => app.get(IdGenerator).next());
    expect([...ids].sort()).toEqual(ids);
    const settable = RuntimeModule.forRoot(
      config({ MACH_CLOCK: 'settable', MACH_LOG_LEVEL: 'silent' }),
      'gateway',
    );
    const other = await createApp(settable);
    const clock = other.get(Clock);
    if (!(clock instanceof OffsetClock)) throw new Error('the clock cannot be set');
    clock.setOffset(86_400_000);
    const now = jest.spyOn(Date, 'now').mockReturnValue(1_763_700_000_000);
    expect(clock.now()).toBe(1_763_786_400_000);
    now.mockRestore();
    await other.close();
  });
});
