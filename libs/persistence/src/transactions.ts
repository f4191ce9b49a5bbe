import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { withPatience } from './guarded-connection';
import { sqlStateOf } from './sql-state';
import { localSettings, silenceMs, TIME_LIMITS, type WorkKind } from './time-limits';

/** An open transaction. Opaque to apps: they only hand it on to stores. */
export type Transaction = EntityManager;

/**
 * What to do about a row that somebody else holds locked: wait for it, or leave it to a later time (`skip
 * locked`).
 */
export type LockedRows = 'wait' | 'skip';

/** How often a transaction that lost a deadlock or a serialization race is tried in all. */
const ATTEMPTS = 5;
const RETRYABLE = new Set(['40001', '40P01']);

/** Runs work in a transaction (READ COMMITTED, PostgreSQL's default). */
@Injectable()
export class Transactions {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Commits what `work` wrote and returns its value; rolls back when it throws. A deadlock (40P01) or a
   * serialization failure (40001) runs `work` again, up to five times in all, so `work` must have no effect
   * outside its transaction. `kind` gives this transaction other time limits than its connection's; one that
   * was given up on fails (`isHeldUp`) and is not run again: only the caller knows what else it could do.
   */
  async run<T>(work: (tx: Transaction) => Promise<T>, kind?: WorkKind): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.dataSource.transaction(kind === undefined ? work : within(kind, work));
      } catch (error) {
        const state = sqlStateOf(error);
        if (attempt >= ATTEMPTS || state === null || !RETRYABLE.has(state)) throw error;
      }
    }
  }
}

function within<T>(kind: WorkKind, work: (tx: Transaction) => Promise<T>): (tx: Transaction) => Promise<T> {
  const limits = TIME_LIMITS[kind];
  return async (tx) => {
    await tx.query(localSettings(limits));
    const connection = (await tx.queryRunner?.connect()) as object;
    return withPatience(connection, silenceMs(limits), () => work(tx));
  };
}
