import { Injectable } from '@nestjs/common';
import { AppSweep } from '@mach/messaging';
import { ReportFileStore } from '@mach/persistence';
import { Clock, SystemClock } from '@mach/runtime';
import { IncomingFiles } from './incoming-files';
import { RemoveFile } from './remove-file';

const EVERY_MS = 600_000;
/** A run may take as long as a store that is away lets it; the next one is not waited for. */
const LATE_AFTER_MS = 2 * EVERY_MS;
const HOUR_MS = 3_600_000;
/** A file that neither a report nor an open draft names is kept for so long. */
const FORGOTTEN_AFTER_MS = 7 * 24 * HOUR_MS;
const REMOVED_AT_MOST = 200;

/**
 * Removes files that nobody took: unsent and in no draft for a week, deleted by their sender while the store was away, or
 * left half-way by a process that died. Several gateways may do it at once.
 */
@Injectable()
export class FileSweep extends AppSweep {
  constructor(
    private readonly files: ReportFileStore,
    private readonly removing: RemoveFile,
    private readonly incoming: IncomingFiles,
    private readonly clock: Clock,
    private readonly realTime: SystemClock,
  ) {
    super('files', EVERY_MS, LATE_AFTER_MS);
  }

  async runOnce(): Promise<void> {
    const now = this.clock.now();
    await this.files.markForgotten(now - FORGOTTEN_AFTER_MS, now);
    for (const id of await this.files.toRemove(now - HOUR_MS, REMOVED_AT_MOST))
      await this.removing.remove(id);
    await this.incoming.forgetOlderThan(this.realTime.now() - HOUR_MS);
  }
}
