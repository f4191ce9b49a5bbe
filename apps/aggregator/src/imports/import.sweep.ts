import { Injectable } from '@nestjs/common';
import { AppSweep } from '@mach/messaging';
import { ImportStore } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { ImportWork } from './import-work';

const EVERY_MS = 1_000;
/** A run works through the imports it finds, each of them a minute at most. */
const LATE_AFTER_MS = 300_000;
const TOGETHER_AT_MOST = 4;
const DAY_MS = 86_400_000;
/** So long the dry run and the result of an import can be looked at; its reports are kept where reports are. */
const KEPT_DAYS = 30;

/**
 * Goes on with imports whose wake-up was lost or whose process died, and removes those that nobody has touched for a
 * month. Two processes that do it at once share the work: an import is claimed before anything is done for it.
 */
@Injectable()
export class ImportSweep extends AppSweep {
  constructor(
    private readonly imports: ImportStore,
    private readonly work: ImportWork,
    private readonly clock: Clock,
  ) {
    super('imports', EVERY_MS, LATE_AFTER_MS);
  }

  override async runOnce(): Promise<void> {
    for (const id of await this.imports.unclaimed(TOGETHER_AT_MOST)) await this.work.goOn(id);
    await this.imports.removeOlder(this.clock.now() - KEPT_DAYS * DAY_MS, TOGETHER_AT_MOST);
  }
}
