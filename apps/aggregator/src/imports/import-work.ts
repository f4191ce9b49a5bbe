import { setTimeout as delay } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { ImportStore, type ImportInHand } from '@mach/persistence';
import { Clock, IdGenerator } from '@mach/runtime';
import { Applying } from './applying';
import { DryRun } from './dry-run';
import { Lease } from './lease';

/** A process that says nothing for so long has died: another goes on with its import. */
const LEASE_MS = 10_000;
/** Between two rounds, while somebody holds obligations of waiting rows locked. */
const HELD_PAUSE_MS = 200;

/** Works on one import at a time: whatever it needs next, from wherever a process before has left it. */
@Injectable()
export class ImportWork implements BeforeApplicationShutdown {
  private readonly leases = new Set<Lease>();

  constructor(
    private readonly imports: ImportStore,
    private readonly dryRun: DryRun,
    private readonly applying: Applying,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
  ) {}

  /** Whatever is under way ends at its next step, for another process or the next start to go on with. */
  beforeApplicationShutdown(): void {
    for (const lease of this.leases) lease.end();
  }

  /** Nothing when there is nothing to do for it, or another process has it. */
  async goOn(importId: string): Promise<void> {
    const claim = this.ids.next();
    const one = await this.imports.claim(importId, claim, LEASE_MS);
    if (one === null) return;
    const lease = new Lease(claim, () => this.imports.renew(importId, claim, LEASE_MS));
    this.leases.add(lease);
    try {
      switch (one.state) {
        case 'reading':
          await this.dryRun.make(one, lease);
          break;
        case 'applying':
          await this.apply(one, lease);
          break;
      }
    } finally {
      lease.end();
      this.leases.delete(lease);
      await this.imports.release(importId, claim);
    }
  }

  private async apply(one: ImportInHand, lease: Lease): Promise<void> {
    let after = 0;
    while (lease.held) {
      const { last } = await this.applying.sendNext(one, after);
      if (last !== null) {
        after = last;
        continue;
      }
      if (await this.imports.finishApplying(one.id, this.clock.now())) return;
      // Some rows stayed behind because their obligations were locked: from the top again.
      if (after === 0) return;
      after = 0;
      await delay(HELD_PAUSE_MS);
    }
  }
}
