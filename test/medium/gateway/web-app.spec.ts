import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunningGateway } from './running-gateway';

let gateway: RunningGateway;
let root: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'mach-web-'));
  mkdirSync(join(root, 'assets'));
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>Mạch</title>');
  writeFileSync(join(root, 'favicon.svg'), '<svg/>');
  writeFileSync(join(root, 'assets/index-Ab12.js'), `console.log('${'mạch '.repeat(600)}')`);
  gateway = await RunningGateway.start({ MACH_WEB_ROOT: root });
});

afterAll(async () => {
  await gateway.stop();
  rmSync(root, { recursive: true });
});

describe('the web application', () => {
  it('answers its page for every address that is no file and no API', async () => {
    for (const path of ['/', '/theo-doi', '/bao-cao/12?x=1']) {
      const answer = await gateway.request('GET', path);
      expect(answer.status).toBe(200);
      expect(answer.text).toContain('<title>Mạch</title>');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('lets hashed files be kept for ever, and compresses them', async () => {
    const answer = await gateway.request('GET', '/assets/index-Ab12.js', {
      headers: { 'accept-encoding': 'gzip' },
    });
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(answer.headers.get('content-type')).toContain('javascript');
    const icon = await gateway.request('GET', '/favicon.svg');
    expect(icon.headers.get('cache-control')).toBe('no-cache');
    // Not by fetch, which asks caches to stay out of it as soon as it is given a condition.
    const again = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { 'if-none-match': icon.headers.get('etag') ?? '' };
      get(`${gateway.url}/favicon.svg`, { headers }, (response) => {
        resolve(response.resume().statusCode);
      }).on('error', reject);
    });
    expect(again).toBe(304);
  });

  it('finds nothing where nothing is', async () => {
    for (const path of [
      '/assets/index-old.js',
      '/api/v2/x',
      '/api',
      '/..%2fpackage.json',
      '/../package.json',
      '/.env',
      '/metrics',
      '/metrics/x',
      '/health/live',
      '/health/ready',
    ]) {
      const answer = await gateway.request('GET', path);
      expect({ path, status: answer.status }).toEqual({ path, status: 404 });
    }
  });

  it('asks for no https where there is none', async () => {
    const answer = await gateway.request('GET', '/');
    expect(answer.headers.get('strict-transport-security')).toBeNull();
    expect(answer.headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests');
  });
});
