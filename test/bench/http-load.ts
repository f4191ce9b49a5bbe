import autocannon from 'autocannon';
import type { ReportBody } from './reports';

export interface LoadResult {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly accepted: number;
  readonly other: number;
}

/**
 * Posts every body once over `connections` keep-alive connections to a loopback address and stops.
 * `tokenOf` gives the bearer token that may report for the unit.
 */
export async function postAll(
  baseUrl: string,
  bodies: readonly ReportBody[],
  connections: number,
  run: string,
  tokenOf: (unit: string) => string,
): Promise<LoadResult> {
  let next = 0;
  const started = performance.now();
  const result = await autocannon({
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
  });
  const seconds = (performance.now() - started) / 1_000;
  return {
    perSecond: result['2xx'] / seconds,
    p50: result.latency.p50,
    p99: result.latency.p99,
    accepted: result['2xx'],
    other: result.non2xx + result.errors + result.timeouts,
  };
}
