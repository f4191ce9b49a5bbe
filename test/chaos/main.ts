import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ROOT } from '../support/system/processes';
import { ChaosCity } from './chaos-city';
import { FAULTS, type Fault } from './faults';
import { recoveryMs } from './recovery';

/**
 * `npm run chaos`: a month end, played by the demonstration over the public API, while every kind of trouble
 * happens to a system of two gateways, two aggregators and two notifiers of its own. The demonstration adds
 * up what it sent and says whether the figures are equal; the tables say how long each recovery took.
 *
 *   npm run chaos -- --rounds 3          each kind so often (otherwise once)
 *   npm run chaos -- --only "disk full"  kinds whose name holds these words
 */
const CALM_BETWEEN_MS = 1_000;

interface Outcome {
  readonly recoveries: (number | null)[];
}

function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** The demonstration, over and over until `enough`; `underWay` resolves when the first reports are sent. */
class Play {
  private child: ChildProcess | null = null;
  private ended = false;
  readonly verdicts: boolean[] = [];
  readonly underWay: Promise<void>;
  private markUnderWay: () => void = () => undefined;
  readonly over: Promise<void>;

  constructor(private readonly city: ChaosCity) {
    this.underWay = new Promise((resolve) => (this.markUnderWay = resolve));
    this.over = this.loop();
  }

  /** No further month end is begun; the one under way is played to its end. */
  enough(): void {
    this.ended = true;
  }

  kill(): void {
    this.ended = true;
    this.child?.kill('SIGTERM');
  }

  private async loop(): Promise<void> {
    while (!this.ended) this.verdicts.push(await this.once());
  }

  private async once(): Promise<boolean> {
    const child = spawn(process.execPath, [join(ROOT, 'scripts', 'demo.mjs'), '--pace', '60'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, MACH_URL: this.city.url, MACH_CATCHER_URL: this.city.catcherUrl },
    });
    this.child = child;
    createInterface({ input: child.stdout }).on('line', (line) => {
      say(`    ${line}`);
      // The first line after the sign-ins: from here on reports are under way.
      if (/cutoff/.test(line)) this.markUnderWay();
    });
    const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
    return code === 0;
  }
}

async function trouble(city: ChaosCity, fault: Fault, round: number): Promise<number | null> {
  const end = await fault.begin(city, round);
  await end();
  const took = await recoveryMs(city);
  say(`» ${fault.name}: ${took === null ? 'NOT WELL AGAIN' : `well again after ${took.toFixed(0)} ms`}`);
  return took;
}

/** Services are to live through everything that is done to others: who ended by himself is told. */
async function endedByThemselves(city: ChaosCity): Promise<readonly string[]> {
  const ended = [...city.all, city.catcher].filter((service) => !service.isRunning);
  for (const service of ended) await service.start();
  return ended.map(({ name }) => name);
}

async function doubled(city: ChaosCity): Promise<string> {
  const client = await city.connect();
  const rows = (
    await client?.query<{ channel: string; state: string; count: number }>(
      `select channel, state, count(*)::int as count from delivery group by 1, 2 order by 1, 2`,
    )
  )?.rows;
  await client?.end();
  return (rows ?? []).map(({ channel, state, count }) => `${channel} ${state} ${String(count)}`).join(', ');
}

/** What `npm run verify` says of the whole database: a second opinion beside the demonstration's sums. */
function verifiedEqual(city: ChaosCity): boolean {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'dist', 'verify.js')], {
    env: { ...process.env, DATABASE_URL: city.servers.postgres.url },
    encoding: 'utf8',
  });
  for (const line of `${stdout}${stderr}`.trimEnd().split('\n')) say(`  ${line}`);
  return status === 0;
}

function table(outcomes: ReadonlyMap<string, Outcome>): void {
  say();
  say('  Recovery, from the end of the trouble until all is decided and exact (ms)');
  for (const [name, { recoveries }] of outcomes) {
    const known = recoveries.filter((value) => value !== null).sort((a, b) => a - b);
    const median = known[Math.floor(known.length / 2)];
    const worst = known.at(-1);
    const never = recoveries.length - known.length;
    say(
      `  ${name.padEnd(34)} ${String(recoveries.length).padStart(2)} ×   median ${(median ?? Number.NaN).toFixed(0).padStart(6)}   worst ${(worst ?? Number.NaN).toFixed(0).padStart(6)}${never > 0 ? `   never ${String(never)}` : ''}`,
    );
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { rounds: { type: 'string', default: '1' }, only: { type: 'string', default: '' } },
  });
  const chosen = FAULTS.filter(({ name }) => name.includes(values.only));
  say('Starting two of each service, PostgreSQL and Redis of their own, and seeding the city …');
  const city = await ChaosCity.start();
  if (city.servers.disk === null)
    say('No disk to fill here (mounting is not allowed): «disk full» does nothing.');
  const play = new Play(city);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      play.kill();
    });
  const outcomes = new Map<string, Outcome>(chosen.map(({ name }) => [name, { recoveries: [] }]));
  const ended: string[] = [];
  await play.underWay;
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const fault of chosen) {
      outcomes.get(fault.name)?.recoveries.push(await trouble(city, fault, round));
      ended.push(...(await endedByThemselves(city)).map((name) => `${name} after ${fault.name}`));
      await pause(CALM_BETWEEN_MS);
    }
  }
  play.enough();
  await play.over;
  table(outcomes);
  say(`  Messages: ${await doubled(city)}`);
  if (ended.length > 0) say(`  Ended by themselves: ${ended.join('; ')}`);
  const well = [...outcomes.values()].every(({ recoveries }) => recoveries.every((value) => value !== null));
  const equal = play.verdicts.length > 0 && play.verdicts.every((verdict) => verdict);
  say(equal ? '  EQUAL in every month end.' : '  NOT EQUAL.');
  const verified = verifiedEqual(city);
  await city.stop();
  process.exitCode = well && equal && verified && ended.length === 0 ? 0 : 1;
}

void main().catch((error: unknown) => {
  process.stderr.write(`chaos: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
