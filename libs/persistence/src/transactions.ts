import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { sqlStateOf } from './sql-state';

/** An open transaction. Opaque to apps: they only hand it on to stores. */
export type Transaction = EntityManager;

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
   * outside its transaction.
   */
  async run<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.dataSource.transaction(work);
      } catch (error) {
        const state = sqlStateOf(error);
        if (attempt >= ATTEMPTS || state === null || !RETRYABLE.has(state)) throw error;
      }
    }
  }
}
