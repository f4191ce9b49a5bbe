import { ReadyChecks } from './ready-checks';

describe('readiness', () => {
  it('is over as soon as the service stops, whatever its checks say', async () => {
    const checks = new ReadyChecks();
    checks.add('database', () => Promise.resolve());
    expect(await checks.run()).toEqual({ ready: true, checks: { database: 'up' } });
    checks.onModuleDestroy();
    expect(await checks.run()).toEqual({ ready: false, checks: { database: 'up' } });
  });
});
