/** How long PostgreSQL may keep one piece of work waiting. All in milliseconds. */
export interface TimeLimits {
  /** One statement from its start to its last row; PostgreSQL cancels it then (57014). */
  readonly statementMs: number;
  /** Waiting for one lock that another transaction holds; PostgreSQL refuses it then (55P03). */
  readonly lockMs: number;
  /**
   * A transaction that asks nothing for so long has lost its process (stopped, cut off): PostgreSQL ends its
   * session and frees what it locked. Far above a pause of our own event loop.
   */
  readonly idleInTransactionMs: number;
}

/**
 * Kinds of work. `everyday` is what every connection of a service starts with: requests, the intake,
 * decisions, sweeps, all of them statements of milliseconds. The others are asked for by the transaction that
 * needs them (`Transactions.run`), `preparing` also by the connection of a set-up that seeds.
 */
export type WorkKind = 'everyday' | 'deciding' | 'recomputing' | 'opening' | 'verifying' | 'preparing';

/**
 * The one place that says how patient we are with PostgreSQL. Nobody who waits for us waits longer than 5 s,
 * so `everyday` and the margin below stay under that; a lock is given up long before the statement, so that a
 * batch that met one has the time to go on without it, but after PostgreSQL has looked for a deadlock
 * (`deadlock_timeout`, one second): a deadlock is known as one and run again.
 */
export const TIME_LIMITS: Readonly<Record<WorkKind, TimeLimits>> = {
  everyday: { statementMs: 4_000, lockMs: 1_500, idleInTransactionMs: 3_000 },
  // A batch goes on without what is held, and a deadlock would only make it go on sooner. A level of the
  // roll-up, the longest that holds nodes in the ordinary course, takes less.
  deciding: { statementMs: 4_000, lockMs: 300, idleInTransactionMs: 3_000 },
  // Adding up 260,000 cells takes a second on a quiet machine.
  recomputing: { statementMs: 30_000, lockMs: 1_500, idleInTransactionMs: 3_000 },
  // Ten thousand obligations and their nodes; a second opening of the same requirement waits for the first.
  opening: { statementMs: 60_000, lockMs: 20_000, idleInTransactionMs: 10_000 },
  // Reads a whole period's submissions and payloads several times, locks nothing, and nobody waits for it.
  verifying: { statementMs: 600_000, lockMs: 1_500, idleInTransactionMs: 10_000 },
  preparing: { statementMs: 600_000, lockMs: 60_000, idleInTransactionMs: 60_000 },
};

/**
 * A server that has not answered this long after it should have cancelled the statement itself is frozen or
 * cut off: the connection is given up. Its own limits cannot help then.
 */
const SILENCE_MARGIN_MS = 500;

/** Getting a connection at all: a place in the pool, the network, the server's greeting. */
export const CONNECT_MS = 3_000;

/** After this long the client hangs up on a server that does not answer. */
export function silenceMs(limits: TimeLimits): number {
  return limits.statementMs + SILENCE_MARGIN_MS;
}

/**
 * What a connection asks of the server when it starts, as pg spells it. The server watches our end as well:
 * what a vanished machine left open is closed within half a minute.
 */
export function sessionSettings(limits: TimeLimits): Readonly<Record<string, number | string | boolean>> {
  return {
    statement_timeout: limits.statementMs,
    lock_timeout: limits.lockMs,
    idle_in_transaction_session_timeout: limits.idleInTransactionMs,
    options:
      '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=3 -c tcp_keepalives_count=3 -c tcp_user_timeout=10000',
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
}

/** Statements that give the transaction under way the limits of another kind of work, and only that one. */
export function localSettings(limits: TimeLimits): string {
  return [
    `set local statement_timeout = ${String(limits.statementMs)}`,
    `set local lock_timeout = ${String(limits.lockMs)}`,
    `set local idle_in_transaction_session_timeout = ${String(limits.idleInTransactionMs)}`,
  ].join('; ');
}
