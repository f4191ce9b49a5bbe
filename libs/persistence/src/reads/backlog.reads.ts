import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { QueueName } from '@mach/contracts';
import type { Instant } from '@mach/domain';

/** Messages of one queue that wait for their effect. */
export interface QueueBacklog {
  readonly queue: QueueName;
  readonly waiting: number;
  /** When the oldest of them was written. */
  readonly oldest: Instant;
}

/** What waits in the database at this moment, in a few pages however much history there is. */
export interface Backlog {
  readonly queues: readonly QueueBacklog[];
  /** Reports on their way to a decision, each counted although they travel in groups. Not those set aside. */
  readonly undecidedReports: number;
  readonly dirtyNodes: number;
  /** Seconds for which the longest open transaction of our services has been open; 0 when none is. */
  readonly longestTransaction: number;
}

/** What operators watch. */
@Injectable()
export class BacklogReads {
  constructor(private readonly dataSource: DataSource) {}

  async read(): Promise<Backlog> {
    const queues = await this.dataSource.query<
      { queue: QueueName; waiting: number; reports: number; oldest: Date }[]
    >(
      `select queue, count(*)::int as waiting, min(occurred_at) as oldest,
         sum(coalesce(jsonb_array_length(payload->'submissionIds'), 1))::int as reports
       from outbox group by queue order by queue`,
    );
    const rows = await this.dataSource.query<{ dirty: number; longest: number }[]>(
      `select (select count(*)::int from rollup_node where dirty_seq > computed_seq) as dirty,
         (select coalesce(max(extract(epoch from clock_timestamp() - xact_start)), 0)::float8 from pg_stat_activity
           where datname = current_database() and application_name like 'mach-%' and pid <> pg_backend_pid()) as longest`,
    );
    return {
      queues: queues.map(({ queue, waiting, oldest }) => ({ queue, waiting, oldest: oldest.getTime() })),
      undecidedReports: queues.find(({ queue }) => queue === 'intake')?.reports ?? 0,
      dirtyNodes: rows[0]?.dirty ?? 0,
      longestTransaction: rows[0]?.longest ?? 0,
    };
  }
}
