import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import type { FiguresChanged } from '@mach/contracts';
import { SystemClock } from '@mach/runtime';
import { Directory } from '../directory/directory';
import { Reach } from '../directory/reach';
import { Sessions } from '../session/sessions';
import type { LiveConnection } from './live-connection';

/** At most about four events a second go out on a connection, whatever comes in. */
const TELL_EVERY_MS = 250;
const BEAT_EVERY_MS = 15_000;
const CONNECTIONS_AT_MOST = 2_000;
const PER_ACCOUNT_AT_MOST = 20;
const RETRY_MS = 2_000;

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
export class LiveFigures implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(LiveFigures.name);
  private readonly connections = new Set<LiveConnection>();
  private readonly untold = new Map<string, Untold>();
  private readonly gauge: Gauge;
  private telling: NodeJS.Timeout | null = null;
  private toldAt = 0;
  private beating: NodeJS.Timeout | null = null;
  private stopped = false;

  constructor(
    private readonly reach: Reach,
    private readonly directory: Directory,
    private readonly sessions: Sessions,
    private readonly clock: SystemClock,
    registry: Registry,
  ) {
    registry.removeSingleMetric('mach_sse_connections');
    this.gauge = new Gauge({
      name: 'mach_sse_connections',
      help: 'Open streams of live events.',
      registers: [registry],
    });
  }

  onApplicationBootstrap(): void {
    this.beating = setInterval(() => {
      this.beat().catch((error: unknown) => {
        this.logger.warn({ err: error }, 'a round of heartbeats failed');
      });
    }, BEAT_EVERY_MS);
    this.beating.unref();
  }

  beforeApplicationShutdown(): void {
    this.stopped = true;
    if (this.beating !== null) clearInterval(this.beating);
    if (this.telling !== null) clearTimeout(this.telling);
    for (const connection of this.connections) connection.close();
    this.connections.clear();
  }

  /** False when there are too many streams already, in all or of this account, or the gateway is stopping. */
  join(connection: LiveConnection): boolean {
    let own = 0;
    for (const other of this.connections) if (other.account.id === connection.account.id) own += 1;
    if (this.stopped || this.connections.size >= CONNECTIONS_AT_MOST || own >= PER_ACCOUNT_AT_MOST)
      return false;
    this.connections.add(connection);
    this.gauge.set(this.connections.size);
    connection.open(RETRY_MS);
    return true;
  }

  leave(connection: LiveConnection): void {
    this.connections.delete(connection);
    this.gauge.set(this.connections.size);
  }

  /** Takes a hint in. The first after a pause is told at once, the following ones together. */
  note(hint: FiguresChanged): void {
    if (this.stopped || this.connections.size === 0) return;
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
      for (const connection of this.connections) {
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

  /** Streams outlive the check at their door: whoever signed out or was shut out since is let go here. */
  private async beat(): Promise<void> {
    for (const connection of [...this.connections]) {
      if ((await this.sessions.find(connection.token)) === null) connection.close();
      else connection.beat();
    }
  }
}
