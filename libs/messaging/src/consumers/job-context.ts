import { BaseRpcContext } from '@nestjs/microservices';
import type { Envelope } from '@mach/contracts';

/** How a job is run: which try it is, and whether it runs alone because it may be what ends processes. */
export interface JobTry {
  /** 1 for the first try. */
  readonly attempt: number;
  readonly suspect: boolean;
}

/** What a consumer may know about its job besides the payload: `@Ctx() job: JobContext`. */
export class JobContext extends BaseRpcContext<[Envelope, JobTry]> {
  constructor(envelope: Envelope, { attempt, suspect }: JobTry) {
    super([envelope, { attempt, suspect }]);
  }

  get envelope(): Envelope {
    return this.args[0];
  }

  /** 1 for the first try. */
  get attempt(): number {
    return this.args[1].attempt;
  }

  /** Whether the job runs alone because it may be what ends processes: a consumer may make it smaller. */
  get suspect(): boolean {
    return this.args[1].suspect;
  }
}
