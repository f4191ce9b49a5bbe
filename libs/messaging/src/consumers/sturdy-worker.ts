import { type Job, type JobJson, Worker } from 'bullmq';

/**
 * A worker that survives a job whose data is not even JSON. BullMQ would fail to build the job, again and again, without ever calling the
 * processor; here the data becomes its own text and the job is set aside like any other malformed one.
 */
export class SturdyWorker extends Worker<unknown, void, string> {
  protected override createJob(json: JobJson, jobId: string): Job<unknown, void, string> {
    try {
      return super.createJob(json, jobId);
    } catch {
      return super.createJob({ ...json, data: JSON.stringify(json.data) }, jobId);
    }
  }
}
