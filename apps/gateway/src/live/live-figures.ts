import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { FiguresChanged } from '@mach/contracts';
import { SystemClock } from '@mach/runtime';
import { Directory } from '../directory/directory';
import { Reach } from '../directory/reach';
import { LiveStreams } from './live-streams';

/** At most about four events a second go out on a connection, whatever comes in. */
const TELL_EVERY_MS = 250;

/** Units whose figures changed and which nobody was told yet, for one requirement and period. */
interface Untold {
  readonly requirement: string;
  readonly period: string;
  readonly units: Set<string>;
}

/**
 * Hands the hint "these figures changed" on to everyone who watches. Hints are gathered for a quarter of a
 * second and each reader is told only of units within reach. Losing one costs nothing: screens read again by
 * themselves.
 */
@Injectable()
export class LiveFigures implements BeforeApplicationShutdown {
  private readonly logger = new Logger(LiveFigures.name);
  private readonly untold = new Map<string, Untold>();
  private telling: NodeJS.Timeout | null = null;
  private toldAt = 0;
  private stopped = false;

  constructor(
    private readonly streams: LiveStreams,
    private readonly reach: Reach,
    private readonly directory: Directory,
    private readonly clock: SystemClock,
  ) {}

  beforeApplicationShutdown(): void {
    this.stopped = true;
    if (this.telling !== null) clearTimeout(this.telling);
  }

  /** Takes a hint in. The first after a pause is told at once, the following ones together. */
  note(hint: FiguresChanged): void {
    if (this.stopped || this.streams.open.size === 0) return;
    const key = `${hint.requirement} ${hint.period}`;
    const untold = this.untold.get(key) ?? {
      requirement: hint.requirement,
      period: hint.period,
      units: new Set<string>(),
    };
    for (const unit of hint.units) untold.units.add(unit);
    this.untold.set(key, untold);
    if (this.telling !== null) return;
    const wait = Math.max(0, this.toldAt + TELL_EVERY_MS - this.clock.now());
    this.telling = setTimeout(
      () => {
        this.telling = null;
        this.toldAt = this.clock.now();
        this.tell().catch((error: unknown) => {
          this.logger.warn({ err: error }, 'live figures were not told');
        });
      },
      Math.min(wait, TELL_EVERY_MS),
    );
  }

  private async tell(): Promise<void> {
    const batch = [...this.untold.values()];
    this.untold.clear();
    const units = await this.directory.units();
    for (const { requirement, period, units: changed } of batch) {
      const all = [...changed];
      const within = new Map<number, readonly string[]>();
      for (const connection of this.streams.open) {
        if (!connection.concerns(requirement, period)) continue;
        const { account } = connection;
        let told = this.reach.seesAll(account) ? all : within.get(account.unit.id);
        if (told === undefined) {
          told = all.filter((code) => {
            const unit = units.byCode(code);
            return unit !== undefined && units.isWithin(unit.id, account.unit.id);
          });
          within.set(account.unit.id, told);
        }
        if (told.length > 0) connection.send({ requirement, period, units: told });
      }
    }
  }
}
