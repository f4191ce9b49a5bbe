import autocannon from 'autocannon';
import type { ReportBody } from './reports';

export interface LoadResult {
  readonly perSecond: number;
  /** Milliseconds from request to answer. */
  readonly p50: number;
  readonly p99: number;
  readonly accepted: number;
  readonly other: number;
}

/**
 * Posts every body once over `connections` keep-alive connections to a loopback address and stops. Resolves
 * with the last answer: autocannon itself would notice only at its next tick, up to a second later. `tokenOf`
 * gives the bearer token that may report for the unit.
 */
export async function postAll(
  baseUrl: string,
  bodies: readonly ReportBody[],
  connections: number,
  run: string,
  tokenOf: (unit: string) => string,
): Promise<LoadResult> {
  let next = 0;
  let accepted = 0;
  const times: number[] = [];
  const started = performance.now();
  await new Promise<void>((resolve, reject) => {
    const load = autocannon(
      {
        url: baseUrl,
        connections,
        amount: bodies.length,
        timeout: 30,
        requests: [
          {
            method: 'POST',
            path: '/api/v1/reports',
            setupRequest: (request) => {
              const index = next++ % bodies.length;
              const body = bodies[index];
              return {
                ...request,
                headers: {
                  'content-type': 'application/json',
                  'idempotency-key': `bench-${run}-${String(index)}`,
                  authorization: `Bearer ${tokenOf(body?.unit ?? '')}`,
                },
                body: JSON.stringify(body),
              };
            },
          },
        ],
      },
      (error: Error | null) => {
        if (error !== null) reject(error);
        else resolve();
      },
    );
    load.on('response', (_client, statusCode, _bytes, responseTime) => {
      times.push(responseTime);
      if (statusCode === 202) accepted += 1;
      if (times.length === bodies.length) resolve();
    });
  });
  const seconds = (performance.now() - started) / 1_000;
  times.sort((a, b) => a - b);
  return {
    perSecond: accepted / seconds,
    p50: times[Math.floor(times.length * 0.5)] ?? Number.NaN,
    p99: times[Math.floor(times.length * 0.99)] ?? Number.NaN,
    accepted,
    other: bodies.length - accepted,
  };
}
