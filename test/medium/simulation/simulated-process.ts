import type { DataSource } from 'typeorm';
import { connect } from '@mach/persistence';

/** What everything a dead process still tries is answered: nothing of it reaches the outside. */
class ProcessDied extends Error {
  constructor(name: string) {
    super(`${name} is dead`);
  }
}

/** What is to happen to a process at one of the points where it talks to the outside. */
export interface Mishap {
  readonly kind: 'dies' | 'stalls';
  /** How many points it still passes before: each statement and each call of the queue has one before and one after. */
  readonly after: number;
}

interface Client {
  query(...args: unknown[]): Promise<unknown>;
}

type OnClient = (error: Error | undefined, client: Client | undefined, release: unknown) => void;

interface Pool {
  connect(done: OnClient): void;
}

/** While a stalled process holds a row, whoever meets it is told so after this long instead of waiting for it. */
const LOCK_TIMEOUT_MS = 40;

/**
 * A process whose every word to the outside passes a gate, where it may die or be held up: before and after
 * each statement of PostgreSQL and each call of the queue, which is between any two of its awaits that matter.
 * One that died is cut off for good, as a killed process is: its connections are ended by the server, what it
 * still tries fails.
 */
export class SimulatedProcess {
  private dead = false;
  private mishap: Mishap | null = null;
  private passed = 0;
  private stalled: { readonly resume: () => void; readonly end: (reason: Error) => void } | null = null;
  private onStall: (() => void) | null = null;
  private readonly dressed = new WeakSet();

  private constructor(
    readonly name: string,
    readonly dataSource: DataSource,
    private readonly administrator: DataSource,
  ) {
    const pool = (dataSource.driver as unknown as { master: Pool }).master;
    const plain = pool.connect.bind(pool);
    pool.connect = (done) => {
      plain((error, client, release) => {
        if (client !== undefined) this.dress(client);
        done(error, client, release);
      });
    };
  }

  /** `name` must be this process's own: it is how PostgreSQL is told whose connections end. */
  static async start(name: string, url: string, administrator: DataSource): Promise<SimulatedProcess> {
    const dataSource = await connect({ url, poolSize: 4, applicationName: name });
    return new SimulatedProcess(name, dataSource, administrator);
  }

  get isDead(): boolean {
    return this.dead;
  }

  get isStalled(): boolean {
    return this.stalled !== null;
  }

  /**
   * Does `work` with `mishap` on its way, and resolves when the work is over, the process is dead, or it
   * stalled. The work of a stalled process goes on at `resume`.
   */
  async run(
    work: () => Promise<unknown>,
    mishap: Mishap | null,
  ): Promise<'done' | 'failed' | 'died' | 'stalled'> {
    this.mishap = mishap;
    this.passed = 0;
    const stall = new Promise<'stalled'>((resolve) => {
      this.onStall = () => {
        resolve('stalled');
      };
    });
    const outcome = work().then(
      () => 'done' as const,
      () => 'failed' as const,
    );
    const first = await Promise.race([outcome, stall]);
    if (first !== 'stalled') this.mishap = null;
    if (this.dead) {
      await this.bury();
      return 'died';
    }
    return first;
  }

  /** A point where the process talks to the outside. */
  async pass(): Promise<void> {
    if (this.dead) throw new ProcessDied(this.name);
    if (this.mishap === null || this.passed++ < this.mishap.after) return;
    const { kind } = this.mishap;
    this.mishap = null;
    if (kind === 'dies') {
      this.dead = true;
      throw new ProcessDied(this.name);
    }
    await new Promise<void>((resume, end) => {
      this.stalled = { resume, end };
      this.onStall?.();
    });
  }

  /** Lets a stalled process go on where it stopped. */
  resume(): void {
    const { stalled } = this;
    this.stalled = null;
    stalled?.resume();
  }

  /** Kills it where it stands. */
  async kill(): Promise<void> {
    this.dead = true;
    const { stalled } = this;
    this.stalled = null;
    stalled?.end(new ProcessDied(this.name));
    await this.bury();
  }

  /** Waits until PostgreSQL has let go of everything the dead process held. */
  private async bury(): Promise<void> {
    for (;;) {
      const rows: { ended: boolean }[] = await this.administrator.query(
        `select pg_terminate_backend(pid) as ended from pg_stat_activity where application_name = $1`,
        [this.name],
      );
      if (rows.length === 0) break;
    }
    await this.dataSource.destroy().catch(() => undefined);
  }

  private dress(client: Client): void {
    if (this.dressed.has(client)) return;
    this.dressed.add(client);
    const plain = client.query.bind(client);
    const ready = plain(`set lock_timeout = ${String(LOCK_TIMEOUT_MS)}`);
    client.query = async (asked, ...rest) => {
      await ready;
      await this.pass();
      const answer = await plain(impatient(asked), ...rest);
      await this.pass();
      return answer;
    };
  }
}

/** Transactions that ask for another lock time-out get the short one as well: nobody waits here. */
function impatient(asked: unknown): unknown {
  if (typeof asked !== 'string') return asked;
  return asked.replace(/lock_timeout = \d+/, `lock_timeout = ${String(LOCK_TIMEOUT_MS)}`);
}
