import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { CuttableProxy } from '../support/cuttable-proxy';
import type { ServiceProcess } from '../support/system/processes';
import type { ChaosCity, Service } from './chaos-city';

/** One kind of trouble: `begin` makes it and answers how it ends; recovery is measured from its end. */
export interface Fault {
  readonly name: string;
  begin(city: ChaosCity, round: number): Promise<() => Promise<void>>;
}

function fault(name: string, begin: Fault['begin']): Fault {
  return { name, begin };
}

/** How long a trouble lasts that does not end by itself. */
const LASTS_MS = 6_000;
const TERMINATIONS = 40;
const TERMINATION_EVERY_MS = 10;
const FLAPS = 5;
const FLAP_MS = 700;
const LOCKED_OBLIGATIONS = 6;
const CLOCK_JUMP_MS = 10 * 60_000;

const NOTHING_TO_END = (): Promise<void> => Promise.resolve();

function one(city: ChaosCity, service: Service, round: number): ServiceProcess {
  return city.services[service][round % 2 === 0 ? 0 : 1];
}

function killed(service: Service): Fault {
  return fault(`kill -9 ${service}`, async (city, round) => {
    const process = one(city, service, round);
    await process.kill();
    return () => process.start();
  });
}

function frozen(service: Service): Fault {
  return fault(`one ${service} of two frozen`, async (city, round) => {
    const { pid } = one(city, service, round);
    process.kill(pid, 'SIGSTOP');
    await pause(LASTS_MS);
    return () => {
      process.kill(pid, 'SIGCONT');
      return Promise.resolve();
    };
  });
}

function flapping(service: Service): Fault {
  return fault(`${service} flapping (${String(FLAPS)} kills)`, async (city, round) => {
    const process = one(city, service, round);
    for (let flap = 0; flap < FLAPS; flap += 1) {
      await process.kill();
      await process.start();
      await pause(FLAP_MS);
    }
    await process.kill();
    return () => process.start();
  });
}

function silent(name: string, way: (city: ChaosCity) => readonly CuttableProxy[]): Fault {
  return fault(name, async (city) => {
    for (const one of way(city)) one.freeze();
    await pause(LASTS_MS);
    return () => {
      for (const one of way(city)) one.thaw();
      return Promise.resolve();
    };
  });
}

/** Passes for a quarter of each second: everything arrives, late. */
const SLOW_PROVIDERS = fault('mail and SMS slow', async ({ ways: { mail, sms } }) => {
  for (let spent = 0; spent < LASTS_MS; spent += 1_000) {
    for (const way of [mail, sms]) way.freeze();
    await pause(750);
    for (const way of [mail, sms]) way.thaw();
    await pause(250);
  }
  return NOTHING_TO_END;
});

async function onRedis(city: ChaosCity, ...command: readonly [string, ...string[]]): Promise<void> {
  const redis = new Redis(city.servers.redis.url, { maxRetriesPerRequest: 2 });
  const [name, ...rest] = command;
  await redis.call(name, ...rest);
  redis.disconnect();
}

function held(name: string, statement: string): Fault {
  return fault(name, async (city) => {
    const client = await city.connect();
    if (client === null) return NOTHING_TO_END;
    await client.query('begin');
    await client.query(statement);
    await pause(LASTS_MS);
    return async () => {
      await client.query('rollback');
      await client.end();
    };
  });
}

async function terminateBackends(city: ChaosCity): Promise<void> {
  const client = await city.connect();
  if (client === null) return;
  for (let count = 0; count < TERMINATIONS; count += 1) {
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'mach-%' order by random() limit 1`,
    );
    await pause(TERMINATION_EVERY_MS);
  }
  await client.end();
}

async function setClock(city: ChaosCity, byMs: number): Promise<void> {
  const client = await city.connect();
  await client?.query('update clock_offset set offset_ms = offset_ms + $1', [byMs]);
  await client?.end();
}

export const FAULTS: readonly Fault[] = [
  killed('gateway'),
  killed('aggregator'),
  killed('notifier'),
  fault('gateway restarted (SIGTERM)', async (city, round) => {
    const process = one(city, 'gateway', round);
    await process.stop();
    return () => process.start();
  }),
  flapping('gateway'),
  flapping('aggregator'),
  frozen('gateway'),
  frozen('aggregator'),
  frozen('notifier'),
  fault('kill -9 Redis', async ({ servers: { redis } }) => {
    await redis.kill();
    return () => redis.start();
  }),
  fault('Redis emptied (FLUSHALL)', async (city) => {
    for (let times = 0; times < FLAPS; times += 1) {
      await onRedis(city, 'FLUSHALL');
      await pause(FLAP_MS);
    }
    return NOTHING_TO_END;
  }),
  fault('Redis full', async (city) => {
    await onRedis(city, 'CONFIG', 'SET', 'maxmemory', '1mb');
    await pause(LASTS_MS);
    return () => onRedis(city, 'CONFIG', 'SET', 'maxmemory', '0');
  }),
  fault('Redis frozen', async ({ servers: { redis } }) => {
    redis.signalAll('SIGSTOP');
    await pause(LASTS_MS);
    return () => {
      redis.signalAll('SIGCONT');
      return Promise.resolve();
    };
  }),
  fault('kill -9 postmaster', async ({ servers: { postgres } }) => {
    await postgres.kill();
    return () => postgres.start();
  }),
  fault('PostgreSQL frozen', async ({ servers: { postgres } }) => {
    postgres.signalAll('SIGSTOP');
    await pause(LASTS_MS);
    return () => {
      postgres.signalAll('SIGCONT');
      return Promise.resolve();
    };
  }),
  silent('way to PostgreSQL silent', ({ ways }) => [ways.postgres]),
  fault('way to PostgreSQL cut', async ({ ways: { postgres } }) => {
    await postgres.cut();
    await pause(LASTS_MS / 2);
    return async () => {
      await postgres.mend();
    };
  }),
  fault(`${String(TERMINATIONS)} connections terminated`, async (city) => {
    await terminateBackends(city);
    return NOTHING_TO_END;
  }),
  held(
    `${String(LOCKED_OBLIGATIONS)} obligations locked`,
    `select id from obligation order by id limit ${String(LOCKED_OBLIGATIONS)} for update`,
  ),
  held('roll-up nodes locked', 'select unit_id from rollup_node order by depth limit 3 for update'),
  fault('disk full', async ({ servers: { disk } }) => {
    if (disk === null) return NOTHING_TO_END;
    disk.fill();
    await pause(LASTS_MS);
    return () => {
      disk.empty();
      return Promise.resolve();
    };
  }),
  silent('mail server silent', ({ ways }) => [ways.mail]),
  silent('mail and SMS silent', ({ ways }) => [ways.mail, ways.sms]),
  SLOW_PROVIDERS,
  fault('clock ten minutes on and back', async (city) => {
    await setClock(city, CLOCK_JUMP_MS);
    await pause(LASTS_MS / 2);
    return () => setClock(city, -CLOCK_JUMP_MS);
  }),
];
