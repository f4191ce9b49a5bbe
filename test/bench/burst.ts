import { CpuMeter, perReport, type CpuTime } from './cpu-time';
import { postAll, type LoadResult } from './http-load';
import { attendanceOf, membersOf, reportOf, type ReportBody } from './reports';
import { crowd } from '../support/system/crowd';
import { Person } from '../support/system/person';
import type { System } from '../support/system/system';

interface RatioFigure {
  readonly numerator: string | null;
  readonly denominator: string | null;
}

/** One report for each of the first `count` units that owe one, and who may send it. */
export interface Burst {
  readonly bodies: readonly ReportBody[];
  tokenOf(unit: string): string;
}

export interface BurstResult {
  readonly load: LoadResult;
  /** From the answer to the last request until the city's node is exact, in ms. */
  readonly exactAfterMs: number;
  /** From the first request until then, in ms. */
  readonly totalMs: number;
  readonly city: RatioFigure;
  readonly expected: RatioFigure;
  /** CPU time of each part for one report, from the first request until the total is exact. */
  readonly cpu: CpuTime;
}

export async function prepareBurst(system: System, count: number): Promise<Burst> {
  const reporters = await crowd(system, count);
  const tokens = new Map(reporters.map(({ unit, by }) => [unit, by.token]));
  return {
    bodies: reporters.map(({ unit }, index) => reportOf(unit, index)),
    tokenOf: (unit) => tokens.get(unit) ?? '',
  };
}

/** Sends the burst with everything running and waits until the city's total holds all of it. */
export async function runBurst(
  system: System,
  burst: Burst,
  connections: number,
  run: string,
  redisUrl: string,
): Promise<BurstResult> {
  const office = await Person.signIn(system.gatewayUrl, 'vanphong');
  const meter = await CpuMeter.of(system, redisUrl);
  const before = meter.read();
  const started = performance.now();
  const load = await postAll(system.gatewayUrl, burst.bodies, connections, run, (unit) =>
    burst.tokenOf(unit),
  );
  const answered = performance.now();
  const view = await office.exactRollup('HP', burst.bodies.length);
  const exact = performance.now();
  const cpu = perReport(before, meter.read(), burst.bodies.length);
  const attendance = view.figures.find((figure) => figure.code === 'study_attendance');
  if (attendance?.type !== 'ratio') throw new Error('the city shows no attendance');
  return {
    load,
    exactAfterMs: exact - answered,
    totalMs: exact - started,
    city: { numerator: attendance.numerator, denominator: attendance.denominator },
    expected: expectedAttendance(burst.bodies.length),
    cpu,
  };
}

/** The oracle: added up here from what was sent, not by the system. */
function expectedAttendance(count: number): RatioFigure {
  let numerator = 0n;
  let denominator = 0n;
  for (let index = 0; index < count; index += 1) {
    numerator += BigInt(attendanceOf(index));
    denominator += BigInt(membersOf(index));
  }
  return { numerator: numerator.toString(), denominator: denominator.toString() };
}
