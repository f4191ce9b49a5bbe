import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Gauge } from 'prom-client';
import type { LiveBeat } from '@mach/contracts';
import { Clock } from '@mach/runtime';
import { Directory } from '../directory/directory';
import { Sessions } from '../session/sessions';
import type { LiveConnection } from './live-connection';
import { placeFor } from './stream-places';

/** A page that hears nothing for some five seconds says that it has lost us. */
const BEAT_EVERY_MS = 2_500;
/** Streams outlive the check at their door: whoever signed out or was shut out since is let go this soon. */
const RIGHTS_EVERY_MS = 3_000;
/** A person with a few tabs, in an office that shares an account. */
const LIMITS = { perAccount: 8, inAll: 2_000 };
const RETRY_MS = 2_000;
/** A stream that gave up its place must not take it back at once from another one of the same person. */
const RETRY_AFTER_GIVING_UP_MS = 60_000;

const openStreams = new Gauge({ name: 'mach_sse_connections', help: 'Open streams of live events' });

/** The open streams: who may have one, and with whose rights. */
@Injectable()
export class LiveStreams implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(LiveStreams.name);
  /** In the order in which they came. */
  private readonly connections = new Set<LiveConnection>();
  private timers: NodeJS.Timeout[] = [];
  private stopped = false;

  constructor(
    private readonly directory: Directory,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    const beating = setInterval(() => {
      const beat = this.beat();
      for (const connection of this.connections) connection.beat(beat);
    }, BEAT_EVERY_MS);
    const checking = setInterval(() => {
      this.readRightsAgain().catch((error: unknown) => {
        this.logger.warn({ err: error }, 'the rights of open streams were not read');
      });
    }, RIGHTS_EVERY_MS);
    this.timers = [beating, checking];
    for (const timer of this.timers) timer.unref();
  }

  beforeApplicationShutdown(): void {
    this.stopped = true;
    for (const timer of this.timers) clearInterval(timer);
    for (const connection of this.connections) connection.close();
    this.connections.clear();
  }

  get open(): ReadonlySet<LiveConnection> {
    return this.connections;
  }

  /**
   * False when the reader has left, the gateway is stopping, or when there is no place without taking it from somebody who holds no
   * more than the newcomer.
   */
  async join(connection: LiveConnection): Promise<boolean> {
    connection.branchId = (await this.directory.units()).branchOf(connection.account.unit.id);
    const place = placeFor([...this.connections], connection, LIMITS);
    if (this.stopped || connection.gone || place.kind === 'full') return false;
    if (place.ending !== null) {
      this.leave(place.ending);
      place.ending.close(RETRY_AFTER_GIVING_UP_MS);
    }
    this.connections.add(connection);
    openStreams.set(this.connections.size);
    connection.open(RETRY_MS);
    connection.beat(this.beat());
    return true;
  }

  private beat(): LiveBeat {
    return { at: new Date(this.clock.now()).toISOString() };
  }

  leave(connection: LiveConnection): void {
    this.connections.delete(connection);
    openStreams.set(this.connections.size);
  }

  /** Role and unit of every open stream as they are now; a stream whose session is over or whose account is disabled ends. */
  private async readRightsAgain(): Promise<void> {
    if (this.connections.size === 0) return;
    const accounts = await this.sessions.findAgain([...this.connections].map(({ token }) => token));
    for (const connection of this.connections) {
      const account = accounts.get(connection.token);
      // One that came while the accounts were read is asked about in the next round.
      if (account === undefined) continue;
      if (account === null) connection.close();
      else connection.account = account;
    }
  }
}
