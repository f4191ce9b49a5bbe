import 'reflect-metadata';
import { Test } from '@nestjs/testing';
import { AppSweep, READINESS } from './app-sweep';

const LIMIT_MS = 45_000;

/** Hangs in its first run until it is let go. */
class HangingSweep extends AppSweep {
  letGo: () => void = () => undefined;

  constructor() {
    super('hanging', 60_000, LIMIT_MS);
  }

  override runOnce(): Promise<void> {
    return new Promise((resolve) => {
      this.letGo = resolve;
    });
  }
}

test('a sweep that hangs makes its process not ready after its limit, and names itself', async () => {
  let now = 5_000;
  const clock = jest.spyOn(performance, 'now').mockImplementation(() => now);
  const checks = new Map<string, () => Promise<void>>();
  const app = await Test.createTestingModule({
    providers: [
      HangingSweep,
      {
        provide: READINESS,
        useValue: { add: (name: string, check: () => Promise<void>) => checks.set(name, check) },
      },
    ],
  }).compile();
  await app.init();
  const check = checks.get('sweep hanging') ?? (() => Promise.reject(new Error('no such check')));
  now += LIMIT_MS;
  await expect(check()).resolves.toBeUndefined();
  now += 1;
  await expect(check()).rejects.toThrow('hanging');
  app.get(HangingSweep).letGo();
  await app.close();
  await expect(check()).resolves.toBeUndefined();
  clock.mockRestore();
});
