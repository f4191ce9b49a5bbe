import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Counter } from 'prom-client';
import { loadConfig } from './config/mach-config';
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

  beforeAll(async () => {
    @Module({ imports: [RuntimeModule.forRoot(config({ MACH_LOG_LEVEL: 'silent' }), 'aggregator')] })
    class TestModule {}
    app = await createApp(TestModule);
    app.setGlobalPrefix('api/v1');
    await app.init();
  });
  afterAll(async () => {
    await app.close();
  });

  it('says that it lives, outside the prefix of the API', async () => {
    const answer = await app.inject({ method: 'GET', url: '/health/live' });
    expect([answer.statusCode, answer.json()]).toEqual([200, { live: true }]);
  });

  it('is ready when every check passes, and does not say why not', async () => {
    const checks = app.get(ReadyChecks);
    checks.add('postgresql', () => Promise.resolve());
    expect((await app.inject({ method: 'GET', url: '/health/ready' })).statusCode).toBe(200);
    checks.add('redis', () => Promise.reject(new Error('password wrong for redis://secret@host')));
    const answer = await app.inject({ method: 'GET', url: '/health/ready' });
    expect([answer.statusCode, answer.json()]).toEqual([
      503,
      { ready: false, checks: { postgresql: 'up', redis: 'down' } },
    ]);
  });

  it('is not held up by a check that hangs', async () => {
    app.get(ReadyChecks).add('slow', () => new Promise(() => undefined));
    const answer = await app.inject({ method: 'GET', url: '/health/ready' });
    expect(answer.json<{ checks: Record<string, string> }>().checks['slow']).toBe('down');
  });

  it('shows the process and what any library counts', async () => {
    new Counter({ name: 'mach_test_total', help: 'test' }).inc(3);
    const answer = await app.inject({ method: 'GET', url: '/metrics' });
    expect(answer.body).toMatch(/process_resident_memory_bytes\{service="aggregator"\}/);
    expect(answer.body).toMatch(/mach_test_total\{service="aggregator"\} 3/);
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
    expect(Math.abs(clock.now() - Date.now() - 86_400_000)).toBeLessThan(50);
    await other.close();
  });
});
