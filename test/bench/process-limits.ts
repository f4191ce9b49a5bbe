import { readFileSync, writeFileSync } from 'node:fs';
import type { ServiceProcess } from '../support/system/processes';

const LAG = /^nodejs_eventloop_lag_max_seconds(?:\{.*\})? (\S+)$/m;

/** What one piece of work asked of a process. */
export interface Strain {
  readonly ms: number;
  /** The longest that the event loop stood still, in ms: by the process's own metric. */
  readonly lagMs: number;
  /** Peak resident memory, in MiB. */
  readonly peakMiB: number;
}

/** Measures what `work` asks of a service; its peak and its lag are counted from here on. */
export async function strainOn(service: ServiceProcess, work: () => Promise<void>): Promise<Strain> {
  await lagMs(service);
  forgetPeak(service.pid);
  const begin = performance.now();
  await work();
  const ms = performance.now() - begin;
  return { ms, lagMs: await lagMs(service), peakMiB: peakMemoryMiB(service.pid) };
}

/** Peak resident memory of a process since its start, or since it was forgotten, in MiB (Linux: VmHWM). */
export function peakMemoryMiB(pid: number): number {
  const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'));
  return Number(line?.[1] ?? 0) / 1_024;
}

/** From now on the peak is that of what follows (proc(5): 5 resets it). */
function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${String(pid)}/clear_refs`, '5');
}

/** Since it was asked for last. */
async function lagMs({ readyUrl }: ServiceProcess): Promise<number> {
  const answer = await fetch(new URL('/metrics', readyUrl));
  const [, seconds] = LAG.exec(await answer.text()) ?? [];
  return Number(seconds ?? Number.NaN) * 1_000;
}
