import { Inject, Injectable, Logger } from '@nestjs/common';
import { localDateOf } from '@mach/domain';
import { AppSweep } from '@mach/messaging';
import { VerificationStore, Verifier } from '@mach/persistence';
import { Clock, MACH_CONFIG, type MachConfig } from '@mach/runtime';
import { Gauge } from 'prom-client';

const EVERY_MS = 5_000;
/** Each period of the whole history takes seconds at most. */
const LATE_AFTER_MS = 3_600_000;
const HOUR_MS = 3_600_000;

const differing = new Gauge({
  name: 'mach_verification_differences',
  help: 'Stored figures that the last verification found to differ from what the reports say',
});
const age = new Gauge({
  name: 'mach_verification_age_seconds',
  help: 'Since when the last verification that ended well has been over',
});

/**
 * Triggered by time: once a night, from the configured hour on, every stored figure is worked out again from the
 * reports (ADR 0052); what an administrator asked for is done as well. Writes what was found, each verification in a
 * row of its own. One process does it at a time; a verification whose process died is begun again from its row.
 */
@Injectable()
export class VerificationSweep extends AppSweep {
  private readonly logger = new Logger(VerificationSweep.name);

  constructor(
    private readonly verifications: VerificationStore,
    private readonly verifier: Verifier,
    private readonly clock: Clock,
    @Inject(MACH_CONFIG) private readonly config: MachConfig,
  ) {
    super('verification', EVERY_MS, LATE_AFTER_MS);
  }

  override async runOnce(): Promise<void> {
    const now = this.clock.now();
    await this.verifications.askForNight(localDateOf(now - this.config.verifyHour * HOUR_MS), now);
    await this.verifications.asOnlyVerifier(async () => {
      for (let run = await this.verifications.next(); run !== null; run = await this.verifications.next())
        await this.verify(run.id);
    });
    await this.measure();
  }

  private async verify(id: number): Promise<void> {
    await this.verifications.begin(id, this.clock.now());
    try {
      const result = await this.verifier.verify();
      await this.verifications.finish(id, this.clock.now(), { result });
      if (result.differences > 0)
        this.logger.error(`${String(result.differences)} stored figures differ from what the reports say`);
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      this.logger.error(`the figures could not be verified: ${failure}`);
      await this.verifications.finish(id, this.clock.now(), { failure });
    }
  }

  private async measure(): Promise<void> {
    const last = await this.verifications.lastResult();
    if (last === null) return;
    differing.set(last.result?.differences ?? 0);
    age.set(Math.max(0, this.clock.now() - (last.finishedAt ?? 0)) / 1_000);
  }
}
