import { setTimeout as delay } from 'node:timers/promises';
import type { ReadyChecks } from './health/ready-checks';

const BETWEEN_CHECKS_MS = 25;

/**
 * What a process says to the one that started it, over Node's message channel. `npm start` opens one
 * (scripts/run/node-program.mjs); under an orchestrator or at a terminal there is none and nothing is said.
 */
type Announcement = { readonly kind: 'ready' } | { readonly kind: 'portTaken'; readonly port: number };

/** Resolves when the message has left, so that the process may end after it. */
async function announce(announcement: Announcement): Promise<void> {
  await new Promise<void>((resolve) => {
    if (process.send === undefined) resolve();
    else
      process.send(announcement, undefined, undefined, () => {
        resolve();
      });
  });
}

/** Says that this process can be used, once every check passes. */
export async function announceReady(checks: ReadyChecks): Promise<void> {
  if (process.send === undefined) return;
  while (!(await checks.run()).ready) await delay(BETWEEN_CHECKS_MS);
  await announce({ kind: 'ready' });
}

/** Says which port was taken by another program, if that is why the start failed. */
export async function announcePortTaken(error: unknown): Promise<void> {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'EADDRINUSE') return;
  if ('port' in error && typeof error.port === 'number')
    await announce({ kind: 'portTaken', port: error.port });
}

/**
 * Calls `end` when the process that started this one is gone, however it ended, or has gone already: nobody
 * else would stop this one.
 */
export function whenAbandoned(end: () => void): void {
  if (process.send === undefined) return;
  if (process.connected) process.once('disconnect', end);
  else end();
}
