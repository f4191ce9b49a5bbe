import { Injectable } from '@nestjs/common';
import { DatabasePing } from '@mach/persistence';
import { ReadyChecks } from '@mach/runtime';

/** Ready means that reports can be taken in. Redis is not asked: the intake works without it. */
@Injectable()
export class GatewayReadiness {
  constructor(checks: ReadyChecks, database: DatabasePing) {
    checks.add('database', () => database.ping());
  }
}
