import { Logger } from '@nestjs/common';
import { DelayedError, type Job } from 'bullmq';
import { type MessageDefinition, patternOf, type QueueName } from '@mach/contracts';
import type { SetAsideEntry } from '@mach/persistence';
import { readJob } from '../envelope';
import { jobOutcomes, jobSeconds } from '../metrics';
import { QUEUES } from '../queues';
import { JobContext } from './job-context';
import { UnreadableData } from './sturdy-worker';

export type SetAside = (entry: SetAsideEntry) => Promise<void>;
export type CallHandler = (pattern: string, payload: object, context: JobContext) => Promise<void>;

/** How long a job that could not be set aside waits for PostgreSQL to come back. */
const SET_ASIDE_RETRY_MS = 1_000;

/** Takes one job at a time to its handler and decides what becomes of it: done, tried again, set aside. */
export class JobRunner {
  private readonly logger = new Logger(JobRunner.name);
  private readonly definitions: ReadonlyMap<string, MessageDefinition<object>>;

  constructor(
    private readonly queue: QueueName,
    consumes: readonly MessageDefinition<object>[],
    private readonly call: CallHandler,
    private readonly setAside: SetAside,
  ) {
    this.definitions = new Map(consumes.map((definition) => [patternOf(definition), definition]));
  }

  /**
   * Ends normally when the job is done or set aside, so that it leaves Redis; throws when BullMQ is to try it
   * again.
   */
  async run(job: Job<unknown, void>, token: string | undefined): Promise<void> {
    const attempt = job.attemptsMade + 1;
    const read = readJob(job.name, job.data instanceof UnreadableData ? null : job.data, this.definitions);
    if (!read.ok) {
      await this.putAside(job, token, read.reason, attempt, read.message);
      return;
    }
    const labels = { queue: this.queue, message: read.pattern };
    const stopTimer = jobSeconds.startTimer(labels);
    try {
      await this.call(read.pattern, read.envelope.payload, new JobContext(read.envelope, attempt));
      jobOutcomes.inc({ ...labels, outcome: 'done' });
    } catch (error) {
      await this.afterFailure(job, token, attempt, read.pattern, error);
    } finally {
      stopTimer();
    }
  }

  /** Records a job that BullMQ gave up itself: its process died each time it was taken. */
  async recordGivenUp(job: Job<unknown, void>, reason: string): Promise<void> {
    if (!QUEUES[this.queue].durable) return;
    await this.setAside({
      queue: this.queue,
      jobId: job.id ?? '',
      raw: rawOf(job),
      reason,
      attempts: job.attemptsStarted,
    });
    jobOutcomes.inc({
      queue: this.queue,
      message: this.definitions.has(job.name) ? job.name : 'unknown',
      outcome: 'set_aside',
    });
  }

  private async afterFailure(
    job: Job<unknown, void>,
    token: string | undefined,
    attempt: number,
    pattern: string,
    error: unknown,
  ): Promise<void> {
    const reason = reasonOf(error);
    if (attempt < (job.opts.attempts ?? 1)) {
      jobOutcomes.inc({ queue: this.queue, message: pattern, outcome: 'retried' });
      this.logger.warn(
        `${pattern} ${job.id ?? ''} failed at attempt ${String(attempt)} and is tried again: ${reason}`,
      );
      throw error instanceof Error ? error : new Error(reason);
    }
    if (QUEUES[this.queue].durable) {
      await this.putAside(job, token, reason, attempt, pattern);
      return;
    }
    jobOutcomes.inc({ queue: this.queue, message: pattern, outcome: 'given_up' });
    this.logger.error(
      `${pattern} ${job.id ?? ''} failed ${String(attempt)} times; its sweep will ask again: ${reason}`,
    );
  }

  private async putAside(
    job: Job<unknown, void>,
    token: string | undefined,
    reason: string,
    attempts: number,
    message: string,
  ): Promise<void> {
    try {
      await this.setAside({ queue: this.queue, jobId: job.id ?? '', raw: rawOf(job), reason, attempts });
    } catch (error) {
      // Nowhere to write it down: the job stays in Redis and comes again. Whatever was wrong may be over by
      // then.
      this.logger.warn(
        `job ${job.id ?? ''} could not be set aside, it stays on the queue: ${reasonOf(error)}`,
      );
      await job.moveToDelayed(Date.now() + SET_ASIDE_RETRY_MS, token);
      throw new DelayedError();
    }
    jobOutcomes.inc({ queue: this.queue, message, outcome: 'set_aside' });
    this.logger.error(
      `job ${job.id ?? ''} on ${this.queue} was set aside after ${String(attempts)} attempts: ${reason}`,
    );
  }
}

/** The job's data as it was found. */
function rawOf(job: Job<unknown, void>): string {
  return job.data instanceof UnreadableData ? job.data.text : JSON.stringify(job.data);
}

function reasonOf(error: unknown): string {
  if (error instanceof Error) return error.message === '' ? error.name : error.message;
  return typeof error === 'string' ? error : JSON.stringify(error);
}
