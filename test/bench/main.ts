import 'reflect-metadata';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Pool } from 'pg';
import { prepareBurst, runBurst, type BurstResult } from './burst';
import { copiedCost } from './copied';
import { postAll } from './http-load';
import { importCity, type ImportResult } from './import';
import { judgingCost, type JudgingResult } from './judging';
import { nationalRecompute, type NationalResult } from './national';
import { emptyIntake, groupCommitted, insertTarget, singleStatement } from './postgres-limits';
import { remindersCost, type RemindersResult } from './reminders';
import { bareBullMq, machTransport } from './queue-limits';
import { peakMemoryMiB } from './process-limits';
import { rulesCost } from './with-rules';
import { testServers } from '../support/servers';
import { System } from '../support/system/system';

/**
 * `npm run bench`: the system beside its limits, in one run, as ratios. Machines differ and drift, so a
 * figure alone says little: each round measures the bare limits and the system in turn, and medians are
 * compared. Loopback only; every load has a fixed number of requests.
 */
const REPORTS = 10_000;
const CONNECTIONS = 64;
const ROUNDS = 3;
/** Cells of the whole country. */
const CELLS = 260_000;
const MiB = (value: number): string => `${value.toFixed(0)} MiB`;
const rate = (value: number): string => `${Math.round(value).toLocaleString('en')}/s`;
const ms = (value: number): string => `${value.toFixed(0)} ms`;
const ratio = (value: number): string => value.toFixed(2);

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

interface Round {
  readonly bareHttp: number;
  readonly single: number;
  readonly grouped: number;
  readonly bareQueue: number;
  readonly machQueue: number;
  readonly intake: number;
  readonly burst: BurstResult;
  readonly startMs: number;
  readonly memory: { readonly gateway: number; readonly aggregator: number; readonly notifier: number };
}

async function bareHttp(bodies: Parameters<typeof postAll>[1]): Promise<number> {
  const child = spawn(process.execPath, [join(__dirname, 'bare-fastify.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const url = await new Promise<string>((resolve) =>
      child.stdout.once('data', (chunk: Buffer) => {
        resolve(chunk.toString().trim());
      }),
    );
    return (await postAll(url, bodies, CONNECTIONS, 'bare', () => 'none')).perSecond;
  } finally {
    child.kill('SIGTERM');
  }
}

/**
 * The limits of PostgreSQL and the intake alone (nobody decides meanwhile), on one database; then a fresh one
 * for the whole burst.
 */
async function round(index: number): Promise<Round> {
  const { redisUrl } = testServers();
  const first = await System.start();
  let limits: Pick<Round, 'bareHttp' | 'single' | 'grouped' | 'intake'>;
  try {
    const burst = await prepareBurst(first, REPORTS);
    await first.aggregator.stop();
    await first.notifier.stop();
    const pool = new Pool({ connectionString: first.databaseUrl, max: CONNECTIONS });
    try {
      const target = await insertTarget(pool);
      const single = await singleStatement(pool, target, burst.bodies, CONNECTIONS);
      const grouped = await groupCommitted(pool, target, burst.bodies, 128);
      await emptyIntake(pool);
      const intake = await postAll(
        first.gatewayUrl,
        burst.bodies,
        CONNECTIONS,
        `intake-${String(index)}`,
        (unit) => burst.tokenOf(unit),
      );
      if (intake.accepted !== REPORTS)
        throw new Error(`only ${String(intake.accepted)} of ${String(REPORTS)} were received`);
      limits = { bareHttp: await bareHttp(burst.bodies), single, grouped, intake: intake.perSecond };
    } finally {
      await pool.end();
    }
  } finally {
    await first.stop();
  }

  const bareQueue = await bareBullMq(redisUrl, REPORTS);
  const machQueue = await machTransport(redisUrl, REPORTS);

  const second = await System.start();
  try {
    const burst = await runBurst(
      second,
      await prepareBurst(second, REPORTS),
      CONNECTIONS,
      `burst-${String(index)}`,
      redisUrl,
    );
    const memory = {
      gateway: peakMemoryMiB(second.gateway.pid),
      aggregator: peakMemoryMiB(second.aggregator.pid),
      notifier: peakMemoryMiB(second.notifier.pid),
    };
    return { ...limits, bareQueue, machQueue, burst, startMs: second.startMs, memory };
  } finally {
    await second.stop();
  }
}

function print(
  rounds: readonly Round[],
  national: NationalResult,
  { judgeMicros, parseMicros }: JudgingResult,
): boolean {
  const of = (pick: (one: Round) => number): number => median(rounds.map(pick));
  const composite = (one: Round): number => 1 / (1 / one.bareHttp + 1 / one.grouped);
  const equal = rounds.every(
    ({ burst: { city, expected } }) =>
      city.numerator === expected.numerator && city.denominator === expected.denominator,
  );
  say(
    `\n${String(REPORTS)} reports, ${String(CONNECTIONS)} connections, median of ${String(ROUNDS)} rounds\n`,
  );
  say('| what | figure |\n| --- | --- |');
  say(`| bare Fastify POST | ${rate(of((one) => one.bareHttp))} |`);
  say(`| bare insert, one statement and commit per report | ${rate(of((one) => one.single))} |`);
  say(`| bare insert, 128 share a statement and a commit | ${rate(of((one) => one.grouped))} |`);
  say(`| serial composite of bare HTTP and group-committed insert | ${rate(of(composite))} |`);
  say(`| intake alone (202 after the commit) | ${rate(of((one) => one.intake))} |`);
  say(`| intake ÷ bare Fastify | ${ratio(of((one) => one.intake / one.bareHttp))} |`);
  say(`| intake ÷ single-statement insert | ${ratio(of((one) => one.intake / one.single))} |`);
  say(`| intake ÷ group-committed insert | ${ratio(of((one) => one.intake / one.grouped))} |`);
  say(
    `| **intake ÷ serial composite** (aim ≥ 0.60) | **${ratio(of((one) => one.intake / composite(one)))}** |`,
  );
  say(`| bare BullMQ, add to handler | ${rate(of((one) => one.bareQueue))} |`);
  say(`| our publisher and transport, add to handler | ${rate(of((one) => one.machQueue))} |`);
  say(`| queue ÷ bare BullMQ | ${ratio(of((one) => one.machQueue / one.bareQueue))} |`);
  say(`| burst with everything running: accepted | ${rate(of((one) => one.burst.load.perSecond))} |`);
  say(
    `| **burst ÷ serial composite** (aim ≥ 0.40) | ${ratio(of((one) => one.burst.load.perSecond / composite(one)))} |`,
  );
  say(
    `| burst: answer p50 / p99 | ${ms(of((one) => one.burst.load.p50))} / ${ms(of((one) => one.burst.load.p99))} |`,
  );
  say(
    `| **last accept → city total exact** (aim ≤ 100 ms) | **${ms(of((one) => one.burst.exactAfterMs))}** |`,
  );
  say(`| first request → city total exact | ${ms(of((one) => one.burst.totalMs))} |`);
  say(`| city total equals the sum of what was sent | ${equal ? 'yes, in every round' : 'NO'} |`);
  const cpu = (['gateway', 'aggregator', 'notifier', 'postgresql', 'redis'] as const).map((part) =>
    of((one) => one.burst.cpu[part]).toFixed(0),
  );
  say(
    `| CPU per report in the burst: gateway / aggregator / notifier / PostgreSQL / Redis | ${cpu.join(' / ')} µs |`,
  );
  say(`| start of all services (aim < 10 s) | ${ms(of((one) => one.startMs))} |`);
  const memory = (['gateway', 'aggregator', 'notifier'] as const).map((name) =>
    MiB(of((one) => one.memory[name])),
  );
  say(`| peak memory gateway / aggregator / notifier (aim < 250 MiB) | ${memory.join(' / ')} |`);
  say(`| judging 40 figures by 20 rules at the door (aim ≤ 100 µs) | ${judgeMicros.toFixed(1)} µs |`);
  say(`| judging ÷ JSON.parse of the same body (aim ≤ 12) | ${ratio(judgeMicros / parseMicros)} |`);
  const { cells, fullMs, plainMs, oneMs } = national;
  say(`| full recompute, ${cells.toLocaleString('en')} cells × 40 | ${ms(fullMs)} |`);
  say(`| full recompute ÷ one plain SQL GROUP BY | ${ratio(fullMs / plainMs)} |`);
  say(`| one dirty commune of ${cells.toLocaleString('en')} cells | ${ms(oneMs)} |`);
  say(`| the country's total equals what was planted | ${national.exact ? 'yes' : 'NO'} |`);
  return equal && national.exact;
}

/** Once, on a database of its own: it takes long to plant, and nothing else runs beside it. */
async function national(): Promise<NationalResult> {
  say('a whole country …');
  const system = await System.start();
  try {
    await Promise.all([system.gateway, system.aggregator, system.notifier].map((service) => service.stop()));
    return await nationalRecompute(system.databaseUrl, CELLS);
  } finally {
    await system.stop();
  }
}

/** All that goes out the day after the deadline, on a system of its own. */
async function reminded(): Promise<RemindersResult> {
  say('reminders …');
  const system = await System.start();
  try {
    return await remindersCost(system);
  } finally {
    await system.stop();
  }
}

function printReminders({ messages, notifierMicros, bareMicros }: RemindersResult): void {
  const each = `${notifierMicros.toFixed(0)} µs`;
  say(`| CPU of the notifier per message, ${String(messages)} at one blow | ${each} |`);
  say(`| **÷ one e-mail by nodemailer alone** | **${ratio(notifierMicros / bareMicros)}** |`);
}

/** One workbook of ten thousand reports, on a system of its own: its peak memory is that of the import alone. */
async function imported(): Promise<ImportResult> {
  say('a workbook …');
  const system = await System.start();
  try {
    return await importCity(system, REPORTS);
  } finally {
    await system.stop();
  }
}

/** @returns whether every report of it was accepted */
function printImport(result: ImportResult): boolean {
  const { rows, bareMs } = result;
  const [dryRunMs, applyMs] = [result.dryRun.ms, result.apply.ms];
  const perSecond = (milliseconds: number): number => (rows / milliseconds) * 1_000;
  say(
    `| merely reading a workbook of ${String(rows)} reports (${MiB(result.fileMiB)}) | ${rate(perSecond(bareMs))} rows |`,
  );
  say(`| its dry run, from sending the file | ${rate(perSecond(dryRunMs))} rows, ${ms(dryRunMs)} |`);
  say(`| applying it, to the last decision | ${rate(perSecond(applyMs))} rows, ${ms(applyMs)} |`);
  say(`| **dry run and applying** (aim < 30 s) | **${ms(dryRunMs + applyMs)}** |`);
  say(`| **import ÷ merely reading** | **${ratio(bareMs / (dryRunMs + applyMs))}** |`);
  for (const [what, aggregator] of [
    ['its dry run', result.dryRun],
    ['applying it', result.apply],
    ...result.hostile,
  ] as const)
    say(
      `| aggregator, ${what}: longest standstill (aim < 200 ms) / peak memory (aim < 512 MiB) | ${ms(aggregator.lagMs)} / ${MiB(aggregator.peakMiB)} |`,
    );
  for (const [what, gateway] of result.takenHome)
    say(
      `| gateway, ${what}: time / longest standstill / peak memory | ${ms(gateway.ms)} / ${ms(gateway.lagMs)} / ${MiB(gateway.peakMiB)} |`,
    );
  return result.accepted === rows;
}

async function printRules(): Promise<void> {
  const { withRules, without } = await rulesCost(REPORTS, CONNECTIONS, testServers().redisUrl);
  const parts = ['gateway', 'aggregator', 'notifier', 'postgresql', 'redis'] as const;
  for (const [what, bursts] of [
    ['twenty rules', withRules],
    ['none', without],
  ] as const) {
    const cpu = parts.map((part) => median(bursts.map((burst) => burst.cpu[part])).toFixed(0)).join(' / ');
    say(
      `| burst under ${what}: accepted, CPU per report | ${rate(median(bursts.map(({ perSecond }) => perSecond)))}, ${cpu} µs |`,
    );
  }
  const shares = withRules.map(
    ({ perSecond }, index) => perSecond / (without[index]?.perSecond ?? Number.NaN),
  );
  say(`| **with rules ÷ without** (aim ≥ 0.90), median of turns | **${ratio(median(shares))}** |`);
}

function printCopied(): void {
  const { narratives, sketchMs, compareMs, found, accused } = copiedCost();
  say(
    `| ${narratives.toLocaleString('en')} narratives of 2,000 characters: reading and bands, comparing the likely (CPU; aim < 5 s together) | ${ms(sketchMs)}, ${ms(compareMs)} |`,
  );
  say(
    `| copies with a fifth of the words changed that are found; accused without cause | ${(found * 100).toFixed(1)} %; ${String(accused)} |`,
  );
}

async function main(): Promise<void> {
  if (process.argv.includes('hints')) {
    say('| what | figure |\n| --- | --- |');
    printCopied();
    return;
  }
  if (process.argv.includes('import')) {
    say('| what | figure |\n| --- | --- |');
    if (!printImport(await imported())) process.exitCode = 1;
    return;
  }
  if (process.argv.includes('rules')) {
    say('| what | figure |\n| --- | --- |');
    await printRules();
    return;
  }
  if (process.argv.includes('reminders')) {
    printReminders(await reminded());
    return;
  }
  // Before anything else runs beside it.
  const judging = judgingCost();
  const rounds: Round[] = [];
  for (let index = 1; index <= ROUNDS; index += 1) {
    say(`round ${String(index)} of ${String(ROUNDS)} …`);
    rounds.push(await round(index));
  }
  const exact = print(rounds, await national(), judging);
  printReminders(await reminded());
  printCopied();
  if (!printImport(await imported()) || !exact) process.exitCode = 1;
}

void main();
