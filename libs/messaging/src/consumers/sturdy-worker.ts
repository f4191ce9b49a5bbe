import { type Job, type JobJson, Worker } from 'bullmq';

/** Data of a job that is no JSON. */
export class UnreadableData {
  constructor(readonly text: string) {}
}

/**
 * A worker that survives a job whose data is not even JSON. BullMQ would fail to build the job, again and
 * again, without ever calling the processor; here the data becomes `UnreadableData` and the job is set aside
 * like any other malformed one.
 */
export class SturdyWorker extends Worker<unknown, void> {
  protected override createJob(json: JobJson, jobId: string): Job<unknown, void> {
    try {
      return super.createJob(json, jobId);
    } catch {
      const job = super.createJob({ ...json, data: 'null' }, jobId);
      job.data = new UnreadableData(json.data);
      return job;
    }
  }

  /**
   * Lets go of the jobs under way: their locks run out and another process takes them. For a close that takes
   * too long.
   */
  async abandon(): Promise<void> {
    await this.lockManager.close();
    await this.getBackend().disconnectBlocking(false);
  }
}
