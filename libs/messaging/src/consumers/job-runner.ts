import { Logger } from '@nestjs/common';
import { DelayedError, type Job } from 'bullmq';
import { type MessageDefinition, patternOf, type QueueName } from '@mach/contracts';
import { isConnectionFault, isHeldUp, type SetAsideEntry } from '@mach/persistence';
import { readJob, type ReadJob } from '../envelope';
import { jobOutcomes, jobSeconds } from '../metrics';
import { QUEUES } from '../queues';
import { JobContext, type JobTry } from './job-context';
import { UnreadableData } from './sturdy-worker';
import { treatmentOf } from './treatment';
import type { WorkRoom } from './work-room';

type SoundJob = Extract<ReadJob, { readonly ok: true }>;
export type SetAside = (entry: SetAsideEntry) => Promise<void>;
/**
 * What a consumer says at the end. `later`: nothing was wrong with the message, somebody else stands in the
 * way; the job comes again after a pause, and that counts as no attempt.
 */
export type JobAnswer = 'done' | 'later';
/** Calls the handler of a pattern; what it answers is `JobAnswer` or, for done, nothing. */
export type CallHandler = (pattern: string, payload: object, context: JobContext) => Promise<unknown>;

const POISONOUS = 'its process died again and again while this job alone was in work';
/** Pause of a job that could not be done, or not be set aside, for reasons that are not its own, in ms. */
const LATER_MS = 500;

/** Takes one job at a time to its handler and decides what becomes of it: done, tried again, set aside. */
export class JobRunner {
  private readonly logger = new Logger(JobRunner.name);
  private readonly definitions: ReadonlyMap<string, MessageDefinition<object>>;

  /** `room` is shared by all queues of the process: what runs alone is alone in the process. */
  constructor(
    private readonly queue: QueueName,
    consumes: readonly MessageDefinition<object>[],
    private readonly call: CallHandler,
    private readonly setAside: SetAside,
    private readonly room: WorkRoom,
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
    switch (treatmentOf({ deaths: job.stalledCounter, deathsAlone: deathsAloneOf(job) })) {
      case 'together':
        await this.room.together(() => this.try(job, token, read, { attempt, suspect: false }));
        return;
      case 'alone':
        if ((await this.room.alone(() => this.tryAlone(job, token, read, attempt))) === null)
          await this.postpone(job, token);
        return;
      case 'poisonous':
        await this.giveUp(job, token, attempt, read.pattern, POISONOUS);
    }
  }

  /** Counts a death before it happens: nothing can be written down afterwards. */
  private async tryAlone(
    job: Job<unknown, void>,
    token: string | undefined,
    read: SoundJob,
    attempt: number,
  ): Promise<'ended'> {
    const before = deathsAloneOf(job);
    await this.noteDeathsAlone(job, before + 1);
    try {
      await this.try(job, token, read, { attempt, suspect: true });
    } finally {
      await this.noteDeathsAlone(job, before);
    }
    return 'ended';
  }

  private async noteDeathsAlone(job: Job<unknown, void>, deathsAlone: number): Promise<void> {
    // A Redis that was emptied meanwhile has nothing to note it on, and no job to run again either.
    await job.updateProgress({ deathsAlone }).catch((error: unknown) => {
      this.logger.debug(reasonOf(error));
    });
  }

  private async try(
    job: Job<unknown, void>,
    token: string | undefined,
    { pattern, envelope }: SoundJob,
    how: JobTry,
  ): Promise<void> {
    const labels = { queue: this.queue, message: pattern };
    const stopTimer = jobSeconds.startTimer(labels);
    try {
      const answer = await this.call(pattern, envelope.payload, new JobContext(envelope, how));
      if (answer === 'later') await this.postpone(job, token);
      jobOutcomes.inc({ ...labels, outcome: 'done' });
    } catch (error) {
      if (error instanceof DelayedError) throw error;
      await this.afterFailure(job, token, how.attempt, pattern, error);
    } finally {
      stopTimer();
    }
  }
  private async afterFailure(
    job: Job<unknown, void>,
    token: string | undefined,
    attempt: number,
    pattern: string,
    error: unknown,
  ): Promise<void> {
    const reason = reasonOf(error);
    if (QUEUES[this.queue].durable && (isConnectionFault(error) || isHeldUp(error))) {
      this.logger.warn(`${pattern} ${job.id ?? ''} waits, PostgreSQL or a lock stands in its way: ${reason}`);
      await this.postpone(job, token);
    }
    if (attempt < (job.opts.attempts ?? 1)) {
      jobOutcomes.inc({ queue: this.queue, message: pattern, outcome: 'retried' });
      this.logger.warn(
        `${pattern} ${job.id ?? ''} failed at attempt ${String(attempt)} and is tried again: ${reason}`,
      );
      throw error instanceof Error ? error : new Error(reason);
    }
    await this.giveUp(job, token, attempt, pattern, reason);
  }

  private async giveUp(
    job: Job<unknown, void>,
    token: string | undefined,
    attempt: number,
    pattern: string,
    reason: string,
  ): Promise<void> {
    if (QUEUES[this.queue].durable) {
      await this.putAside(job, token, reason, attempt, pattern);
      return;
    }
    jobOutcomes.inc({ queue: this.queue, message: pattern, outcome: 'given_up' });
    this.logger.error(
      `${pattern} ${job.id ?? ''} failed ${String(attempt)} times; its sweep will ask again: ${reason}`,
    );
  }

  /** Ends this run; the job comes again after a pause, as if it had not been tried. */
  private async postpone(job: Job<unknown, void>, token: string | undefined): Promise<never> {
    await job.moveToDelayed(Date.now() + LATER_MS, token);
    throw new DelayedError();
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
      await this.postpone(job, token);
    }
    jobOutcomes.inc({ queue: this.queue, message, outcome: 'set_aside' });
    this.logger.error(
      `job ${job.id ?? ''} on ${this.queue} was set aside after ${String(attempts)} attempts: ${reason}`,
    );
  }
}

function deathsAloneOf({ progress }: Job<unknown, void>): number {
  const noted = typeof progress === 'object' && 'deathsAlone' in progress ? progress.deathsAlone : 0;
  return typeof noted === 'number' ? noted : 0;
}

/** The job's data as it was found. */
function rawOf(job: Job<unknown, void>): string {
  return job.data instanceof UnreadableData ? job.data.text : JSON.stringify(job.data);
}

function reasonOf(error: unknown): string {
  if (error instanceof Error) return error.message === '' ? error.name : error.message;
  return typeof error === 'string' ? error : JSON.stringify(error);
}
