import { Injectable } from '@nestjs/common';
import type { Instant, LocalDate } from '@mach/domain';
import { DataSource } from 'typeorm';
import { integer, jsonb, text, timestamptz } from '../columns/column';
import { columns } from '../columns/columns';
import { asOnlyOne } from '../only-one';
import type { VerificationResult, VerificationRun } from './verification';

/** Any constant of our own. */
const VERIFYING_LOCK = 7_177_003;

const RUN = columns<VerificationRun>()({
  id: integer.at('v.id'),
  askedAt: timestamptz.at('v.asked_at'),
  askedBy: text.at('account.display_name'),
  startedAt: timestamptz.at('v.started_at'),
  finishedAt: timestamptz.at('v.finished_at'),
  result: jsonb.at('v.result'),
  failure: text.at('v.failure'),
});
const RUNS = `select ${RUN.selected()} from verification v left join account on account.id = v.account_id`;

/** Verifications that were asked for, and what they found. */
@Injectable()
export class VerificationStore {
  constructor(private readonly dataSource: DataSource) {}

  /** Asks for this night's verification; once, whoever asks how often. */
  async askForNight(night: LocalDate, now: Instant): Promise<void> {
    await this.dataSource.query(
      'insert into verification (asked_at, night) values ($1, $2) on conflict (night) do nothing',
      [new Date(now), night],
    );
  }

  /** Asks for one in a person's name, unless one is waiting or under way: that one will say it as well. */
  async askFor(accountId: number, now: Instant): Promise<void> {
    await this.dataSource.query(
      `insert into verification (asked_at, account_id)
       select $1, $2 where not exists (select from verification where finished_at is null)`,
      [new Date(now), accountId],
    );
  }

  /** The oldest that is not finished: not begun, or begun by a process that died. */
  async next(): Promise<VerificationRun | null> {
    return this.first('where v.finished_at is null order by v.id limit 1');
  }

  async begin(id: number, now: Instant): Promise<void> {
    await this.dataSource.query('update verification set started_at = $2 where id = $1', [id, new Date(now)]);
  }

  async finish(
    id: number,
    now: Instant,
    outcome: { readonly result: VerificationResult } | { readonly failure: string },
  ): Promise<void> {
    await this.dataSource.query(
      'update verification set finished_at = $2, result = $3, failure = $4 where id = $1',
      [
        id,
        new Date(now),
        'result' in outcome ? JSON.stringify(outcome.result) : null,
        'failure' in outcome ? outcome.failure : null,
      ],
    );
  }

  /** The newest that ended well; null before the first. */
  async lastResult(): Promise<VerificationRun | null> {
    return this.first('where v.result is not null order by v.id desc limit 1');
  }

  /** The newest first. */
  async list(limit: number): Promise<readonly VerificationRun[]> {
    const rows: object[] = await this.dataSource.query(`${RUNS} order by v.id desc limit $1`, [limit]);
    return rows.map((row) => RUN.read(row));
  }

  /** Runs `work` unless another process verifies at this moment. */
  async asOnlyVerifier(work: () => Promise<void>): Promise<boolean> {
    return asOnlyOne(this.dataSource, VERIFYING_LOCK, work);
  }

  private async first(rest: string): Promise<VerificationRun | null> {
    const rows: object[] = await this.dataSource.query(`${RUNS} ${rest}`);
    return rows[0] === undefined ? null : RUN.read(rows[0]);
  }
}
