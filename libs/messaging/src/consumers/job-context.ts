import { BaseRpcContext } from '@nestjs/microservices';
import type { Envelope } from '@mach/contracts';

/** What a consumer may know about its job besides the payload: `@Ctx() job: JobContext`. */
export class JobContext extends BaseRpcContext<[Envelope, number]> {
  constructor(envelope: Envelope, attempt: number) {
    super([envelope, attempt]);
  }

  get envelope(): Envelope {
    return this.args[0];
  }

  /** 1 for the first try. */
  get attempt(): number {
    return this.args[1];
  }
}
