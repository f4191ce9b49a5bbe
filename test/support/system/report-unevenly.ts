import { aReport } from '../a-report';
import { crowd } from './crowd';
import type { System } from './system';

/**
 * Reports of `count` units, never of `except`, spread unevenly over the city, sent by their committees, a bounded number at a
 * time.
 */
export async function reportUnevenly(system: System, count: number, except: string): Promise<void> {
  const spread = (index: number): number => (((index >> 7) * 37) % 61) + ((index * 7_919) % 101);
  const reporters = (await crowd(system, 11_000))
    .filter(({ unit }) => unit !== except)
    .map((reporter, index) => ({ reporter, order: spread(index) }))
    .sort((a, b) => a.order - b.order)
    .slice(0, count);
  await Promise.all(
    Array.from({ length: 40 }, async () => {
      for (let next = reporters.pop(); next !== undefined; next = reporters.pop()) {
        const { status } = await next.reporter.by.submit(aReport(next.reporter.unit, {}));
        if (status !== 202) throw new Error(`${next.reporter.unit} was not received: ${String(status)}`);
      }
    }),
  );
}
