import { loadConfig } from '@mach/runtime';
import { KnownBrowsers } from './known-browsers';

const DAY_MS = 86_400_000;
const NOW = Date.parse('2026-11-14T02:00:00Z');

function browsersWith(key: number): KnownBrowsers {
  return new KnownBrowsers(
    loadConfig({
      DATABASE_URL: 'postgres://localhost/mach',
      REDIS_URL: 'redis://localhost',
      MACH_CONTACT_KEY: Buffer.alloc(32, key).toString('base64'),
    }),
  );
}

const browsers = browsersWith(7);

describe('a known browser', () => {
  it('is known for the account that signed in from it, and for no other', () => {
    const cookie = `a=1; mach_known=${browsers.remember(undefined, 'w1', NOW)}; b=2`;
    expect(browsers.recognise(cookie, 'w1', NOW + 1)).toMatch(/^[\w-]{16}$/);
    expect(browsers.recognise(cookie, 'w2', NOW + 1)).toBeNull();
    expect(browsers.recognise(undefined, 'w1', NOW)).toBeNull();
  });

  it('is not known by a proof of a day that has not come', () => {
    const cookie = `mach_known=${browsers.remember(undefined, 'w1', NOW + 2 * DAY_MS)}`;
    expect(browsers.recognise(cookie, 'w1', NOW)).toBeNull();
    expect(browsers.recognise(cookie, 'w1', NOW + 2 * DAY_MS)).not.toBeNull();
  });

  it('may be shared by the accounts of an office, the last eight', () => {
    let cookie: string | undefined;
    for (let index = 0; index < 10; index += 1)
      cookie = `mach_known=${browsers.remember(cookie, `w${String(index)}`, NOW)}`;
    const known = Array.from({ length: 10 }, (_each, index) =>
      browsers.recognise(cookie, `w${String(index)}`, NOW),
    );
    expect(known.map((name) => name !== null)).toEqual([
      false,
      false,
      ...Array.from({ length: 8 }, () => true),
    ]);
    const again = browsers.remember(cookie, 'w9', NOW);
    expect(again.split('.')).toHaveLength(8);
  });

  it('is forgotten after half a year, and when the key changes', () => {
    const cookie = `mach_known=${browsers.remember(undefined, 'w1', NOW)}`;
    expect(browsers.recognise(cookie, 'w1', NOW + 180 * DAY_MS)).not.toBeNull();
    expect(browsers.recognise(cookie, 'w1', NOW + 181 * DAY_MS)).toBeNull();
    expect(browsersWith(8).recognise(cookie, 'w1', NOW)).toBeNull();
  });

  it('is not made by changing a proof anywhere', () => {
    const proof = browsers.remember(undefined, 'w1', NOW);
    for (let at = 0; at < 42; at += 1) {
      const changed = proof.slice(0, at) + (proof[at] === 'A' ? 'B' : 'A') + proof.slice(at + 1);
      expect(browsers.recognise(`mach_known=${changed}`, 'w1', NOW)).toBeNull();
    }
    for (const odd of ['', '.', 'x', '.'.repeat(600), `${proof}x`])
      expect(browsers.recognise(`mach_known=${odd}`, 'w1', NOW)).toBeNull();
  });
});
