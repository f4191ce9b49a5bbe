import { join } from 'node:path';
import { FILES_FOLDER, ROOT } from '../bootstrap/paths.mjs';
import { takePort } from '../bootstrap/ports.mjs';

/** @typedef {import('./node-program.mjs').Program} Program */

/** @param {string} path */
const script = (path) => join(ROOT, 'dist', path);
const LOOPBACK = '127.0.0.1';

/**
 * Keeps a process well below 250 MB at the peak of a burst: on a machine with much memory Node would rather
 * grow than collect, and each thread that hashes passwords would keep an arena of its own.
 */
const LEAN = { NODE_OPTIONS: '--max-old-space-size=200', MALLOC_ARENA_MAX: '2' };

/**
 * What setting up the database needs, and every service with it. What the caller set wins, but for where the
 * servers are.
 * @param {{ databaseUrl: string, redisUrl: string, contactKey: string }} known
 */
function commonEnvironment({ databaseUrl, redisUrl, contactKey }) {
  return {
    NODE_ENV: 'production',
    ...LEAN,
    MACH_CLOCK: 'settable',
    MACH_CLOCK_START: '2026-11-14T09:00:00+07:00',
    MACH_CONTACT_KEY: contactKey,
    MACH_WEB_ROOT: script('apps/web'),
    MACH_FILES_DIR: FILES_FOLDER,
    .../** @type {Record<string, string>} */ (process.env),
    DATABASE_URL: databaseUrl,
    // Setup's alone.
    MACH_MIGRATION_DATABASE_URL: '',
    REDIS_URL: redisUrl,
  };
}

/**
 * The program that makes the database ready: tables, and the demonstration when it is empty.
 * @param {Parameters<typeof commonEnvironment>[0]} known
 * @param {string | undefined} migrationDatabaseUrl the owner of the tables, when it is another user
 */
export function describeSetup(known, migrationDatabaseUrl) {
  // Months of plausible reports before the demonstration's own: asked for, because they take a minute or two.
  const history = process.env.MACH_DEMO_HISTORY;
  const args = [script('setup.js'), '--seed-demo', ...(history ? ['--history', history] : [])];
  return {
    args,
    env: { ...commonEnvironment(known), MACH_MIGRATION_DATABASE_URL: migrationDatabaseUrl ?? '' },
  };
}

/**
 * Ports, environment and programs of what `npm start` runs besides the two servers. Without SMTP_URL /
 * SMPP_URL a catcher takes the messages and shows them on a page. Ports are looked for here, at the last moment;
 * a program that finds its port taken all the same says so, and this is asked again.
 * @param {Parameters<typeof commonEnvironment>[0]} known
 */
export async function describeServices(known) {
  const host = process.env.MACH_HOST ?? LOOPBACK;
  const catches = !process.env.SMTP_URL || !process.env.SMPP_URL;
  const promised = new Set();
  /** @param {string} what @param {number} wanted */
  const port = (what, wanted, where = LOOPBACK) => takePort(what, wanted, { host: where, promised });
  const ports = {
    http: await port('the web address', Number(process.env.MACH_PORT ?? 3000), host),
    gatewayHealth: await port("the gateway's health page", 3100),
    aggregatorHealth: await port("the aggregator's health page", 3101),
    notifierHealth: await port("the notifier's health page", 3102),
    ...(catches && {
      catcher: await port("the catcher's page", 8025),
      smtp: await port('the SMTP catcher', 1025),
      smpp: await port('the SMPP catcher', 2775),
    }),
  };
  const url = `http://${host === '0.0.0.0' || host === '::' ? LOOPBACK : host}:${ports.http}`;
  const env = {
    MACH_PUBLIC_URL: url,
    SMTP_URL: `smtp://${LOOPBACK}:${ports.smtp}`,
    SMPP_URL: `smpp://mach:mach@${LOOPBACK}:${ports.smpp}`,
    ...commonEnvironment(known),
    MACH_HOST: host,
    MACH_PORT: String(ports.http),
  };
  /** @param {string} name @param {number} healthPort @param {Record<string, string>} own @returns {Program} */
  const service = (name, healthPort, own = {}) => ({
    name,
    script: script(`${name}.js`),
    env: { ...env, MACH_HEALTH_PORT: String(healthPort), ...own },
  });
  /** @type {Program[]} */
  const catcher = catches
    ? [
        {
          name: 'catcher',
          quiet: true,
          script: script('test/catcher/main.js'),
          env: {
            CATCHER_HTTP_PORT: String(ports.catcher),
            CATCHER_SMTP_PORT: String(ports.smtp),
            CATCHER_SMPP_PORT: String(ports.smpp),
          },
        },
      ]
    : [];
  return {
    url,
    catcherUrl: catches ? `http://${LOOPBACK}:${ports.catcher}` : null,
    ports,
    catcher,
    services: [
      service('gateway', ports.gatewayHealth),
      service('aggregator', ports.aggregatorHealth, { MACH_CONTACT_KEY: '' }),
      service('notifier', ports.notifierHealth),
    ],
  };
}
