import { join } from 'node:path';
import { ROOT } from '../bootstrap/paths.mjs';
import { takePort } from '../bootstrap/ports.mjs';

const script = (path) => join(ROOT, 'dist', path);
const LOOPBACK = '127.0.0.1';

/**
 * Keeps a process well below 250 MB at the peak of a burst: on a machine with much memory Node would rather
 * grow than collect, and each thread that hashes passwords would keep an arena of its own.
 */
const LEAN = { NODE_OPTIONS: '--max-old-space-size=200', MALLOC_ARENA_MAX: '2' };

/**
 * Ports, environment and definitions of what `npm start` runs besides the two servers. Without SMTP_URL /
 * SMPP_URL a catcher takes the messages and shows them on a page.
 */
export async function describeServices({ databaseUrl, redisUrl, contactKey }) {
  const host = process.env.MACH_HOST ?? LOOPBACK;
  const ports = {
    http: await takePort('the web address', Number(process.env.MACH_PORT ?? 3000), host),
    gatewayHealth: await takePort("the gateway's health page", 3100),
    aggregatorHealth: await takePort("the aggregator's health page", 3101),
    notifierHealth: await takePort("the notifier's health page", 3102),
  };
  const catches = !process.env.SMTP_URL || !process.env.SMPP_URL;
  if (catches) {
    ports.catcher = await takePort("the catcher's page", 8025);
    ports.smtp = await takePort('the SMTP catcher', 1025);
    ports.smpp = await takePort('the SMPP catcher', 2775);
  }
  const url = `http://${host === '0.0.0.0' || host === '::' ? LOOPBACK : host}:${ports.http}`;
  const env = {
    NODE_ENV: 'production',
    ...LEAN,
    MACH_CLOCK: 'settable',
    MACH_CLOCK_START: '2026-11-14T09:00:00+07:00',
    MACH_CONTACT_KEY: contactKey,
    MACH_PUBLIC_URL: url,
    SMTP_URL: `smtp://${LOOPBACK}:${ports.smtp}`,
    SMPP_URL: `smpp://mach:mach@${LOOPBACK}:${ports.smpp}`,
    MACH_WEB_ROOT: script('apps/web'),
    // What the caller set wins, but for what was decided here.
    ...process.env,
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    MACH_HOST: host,
    MACH_PORT: String(ports.http),
  };
  const health = (port) => `http://${LOOPBACK}:${port}/health/ready`;
  const service = (name, extra, readyUrl) => ({
    name,
    script: script(`apps/${name}/src/main.js`),
    cwd: ROOT,
    env: { ...env, ...extra },
    readyUrl,
  });
  return {
    url,
    ports,
    env,
    setup: { script: script('apps/gateway/src/setup.main.js'), args: ['--seed-demo'] },
    catcher: catches && {
      name: 'catcher',
      quiet: true,
      script: script('test/catcher/main.js'),
      cwd: ROOT,
      env: {
        CATCHER_HTTP_PORT: String(ports.catcher),
        CATCHER_SMTP_PORT: String(ports.smtp),
        CATCHER_SMPP_PORT: String(ports.smpp),
      },
      readyUrl: `http://${LOOPBACK}:${ports.catcher}/messages`,
    },
    catcherUrl: catches ? `http://${LOOPBACK}:${ports.catcher}` : null,
    services: [
      service('gateway', { MACH_HEALTH_PORT: String(ports.gatewayHealth) }, health(ports.gatewayHealth)),
      service(
        'aggregator',
        { MACH_HEALTH_PORT: String(ports.aggregatorHealth) },
        health(ports.aggregatorHealth),
      ),
      service('notifier', { MACH_HEALTH_PORT: String(ports.notifierHealth) }, health(ports.notifierHealth)),
    ],
  };
}
