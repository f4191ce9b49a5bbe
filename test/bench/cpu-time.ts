import { readdirSync, readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import type { System } from '../support/system/system';

/** Linux counts CPU time in hundredths of a second. */
const MICROSECONDS_PER_TICK = 10_000;

type Part = 'gateway' | 'aggregator' | 'notifier' | 'postgresql' | 'redis';
/** CPU time in microseconds, user and system together. */
export type CpuTime = Readonly<Record<Part, number>>;

interface ProcessStat {
  readonly parent: number;
  /** Of the process itself, in ticks. */
  readonly own: number;
  /** Of its children that have ended, in ticks. */
  readonly ended: number;
}

/** Reads how much CPU time each part of the system has used: less disturbed by a busy machine than wall time. */
export class CpuMeter {
  private constructor(
    private readonly system: System,
    private readonly postmaster: number,
    private readonly redis: number,
  ) {}

  static async of(system: System, redisUrl: string): Promise<CpuMeter> {
    const [checkpointer] = await system.sql<{ pid: number }>(
      `select pid from pg_stat_activity where backend_type = 'checkpointer'`,
    );
    const redis = new Redis(redisUrl);
    const info = await redis.info('server');
    await redis.quit();
    return new CpuMeter(
      system,
      statOf(checkpointer?.pid ?? 0).parent,
      Number(/process_id:(\d+)/.exec(info)?.[1] ?? 0),
    );
  }

  read(): CpuTime {
    const { gateway, aggregator, notifier } = this.system;
    return {
      gateway: cpuTimeOf(gateway.pid),
      aggregator: cpuTimeOf(aggregator.pid),
      notifier: cpuTimeOf(notifier.pid),
      postgresql: familyTime(this.postmaster),
      redis: cpuTimeOf(this.redis),
    };
  }
}

/** What was used between two readings, for each of `count` reports. */
export function perReport(before: CpuTime, after: CpuTime, count: number): CpuTime {
  const of = (part: Part): number => (after[part] - before[part]) / count;
  return {
    gateway: of('gateway'),
    aggregator: of('aggregator'),
    notifier: of('notifier'),
    postgresql: of('postgresql'),
    redis: of('redis'),
  };
}

/** CPU time of a process since its start, in microseconds. */
export function cpuTimeOf(pid: number): number {
  return statOf(pid).own * MICROSECONDS_PER_TICK;
}

/** A process with its living children and those that have ended. */
function familyTime(parent: number): number {
  const self = statOf(parent);
  let ticks = self.own + self.ended;
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = statOrNull(Number(entry));
    if (stat?.parent === parent) ticks += stat.own;
  }
  return ticks * MICROSECONDS_PER_TICK;
}

/** A process may end while its numbers are being looked up. */
function statOrNull(pid: number): ProcessStat | null {
  try {
    return statOf(pid);
  } catch {
    return null;
  }
}

function statOf(pid: number): ProcessStat {
  const text = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
  // The name in parentheses may hold spaces; the fields after it are numbers, but for the state.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const field = (index: number): number => Number(fields[index] ?? 0);
  return { parent: field(1), own: field(11) + field(12), ended: field(13) + field(14) };
}
