import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, statfsSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/system/processes';

/** A server as `scripts/bootstrap` starts it. */
interface Running {
  readonly pid: number;
  readonly exited: Promise<string>;
  stop(graceMs: number): Promise<void>;
}

interface PostgresScripts {
  createScratchCluster(options: {
    parent: string;
    durable: boolean;
    settings: Readonly<Record<string, string>>;
  }): Promise<{ start(port: number): Promise<Running>; url(port: number): string; remove(): void }>;
}

interface RedisScripts {
  findRedisServer(): Promise<string>;
  launchRedis(options: {
    program: string;
    folder: string;
    port: number;
    durable: boolean;
    name: string;
  }): Running;
  redisReady(running: Running, port: number): Promise<void>;
  redisUrl(port: number): string;
}

interface PortScripts {
  anyPort(): Promise<number>;
}

/** The scripts that `npm start` and `npm test` start their servers with. */
async function scripts<T>(file: string): Promise<T> {
  return (await import(join(ROOT, 'scripts', 'bootstrap', file))) as T;
}

const GRACE_MS = 3_000;
/** Small, so that it can be filled in no time; the city and its write-ahead log fit. */
const DISK_MIB = 1_600;
const FULL_LEAVES_BYTES = 64 * 1024;

/** A server of our own that may be killed, frozen and started again on its port and data. */
export class OwnServer {
  private running: Running | null = null;

  constructor(
    readonly port: number,
    /** As its administrator reaches it. */
    readonly url: string,
    private readonly launch: (port: number) => Promise<Running>,
  ) {}

  async start(): Promise<void> {
    this.running = await this.launch(this.port);
  }

  async kill(): Promise<void> {
    const { running } = this;
    if (running === null) return;
    process.kill(running.pid, 'SIGKILL');
    await running.exited;
  }

  /** Stops every process of the server where it stands, or lets all go on. */
  signalAll(signal: 'SIGSTOP' | 'SIGCONT'): void {
    if (this.running === null) return;
    for (const pid of [this.running.pid, ...childrenOf(this.running.pid)]) {
      try {
        process.kill(pid, signal);
      } catch {
        // A backend that ended meanwhile.
      }
    }
  }

  async stop(): Promise<void> {
    await this.running?.stop(GRACE_MS);
  }
}

/** A file system in memory for PostgreSQL, so that its disk can be filled. */
export class SmallDisk {
  private constructor(readonly folder: string) {}

  /** Null where mounting is not allowed: then there is no disk to fill. */
  static mount(): SmallDisk | null {
    const folder = mkdtempSync(join(tmpdir(), 'mach-chaos-disk-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${String(DISK_MIB)}m`, 'tmpfs', folder], {
        stdio: 'ignore',
      });
      return new SmallDisk(folder);
    } catch {
      rmdirSync(folder);
      return null;
    }
  }

  fill(): void {
    const { bavail, bsize } = statfsSync(this.folder);
    writeFileSync(this.filler, Buffer.alloc(Math.max(0, bavail * bsize - FULL_LEAVES_BYTES)));
  }

  empty(): void {
    unlinkSync(this.filler);
  }

  unmount(): void {
    execFileSync('umount', [this.folder], { stdio: 'ignore' });
    rmdirSync(this.folder);
  }

  private get filler(): string {
    return join(this.folder, 'filler');
  }
}

/** PostgreSQL (durable, on the small disk where there is one) and Redis of the run. */
export class OwnServers {
  private constructor(
    readonly postgres: OwnServer,
    readonly redis: OwnServer,
    readonly disk: SmallDisk | null,
    private readonly remove: () => void,
  ) {}

  static async start(): Promise<OwnServers> {
    const [{ createScratchCluster }, { findRedisServer, launchRedis, redisReady, redisUrl }, { anyPort }] =
      await Promise.all([
        scripts<PostgresScripts>('postgres.mjs'),
        scripts<RedisScripts>('redis.mjs'),
        scripts<PortScripts>('ports.mjs'),
      ]);
    const disk = SmallDisk.mount();
    const cluster = await createScratchCluster({
      parent: disk?.folder ?? tmpdir(),
      durable: true,
      settings: { max_wal_size: '256MB', shared_buffers: '128MB' },
    });
    const program = await findRedisServer();
    const folder = mkdtempSync(join(tmpdir(), 'mach-chaos-redis-'));
    const [postgresPort, redisPort] = [await anyPort(), await anyPort()];
    const servers = new OwnServers(
      new OwnServer(postgresPort, cluster.url(postgresPort), (port) => cluster.start(port)),
      new OwnServer(redisPort, redisUrl(redisPort), async (port) => {
        const running = launchRedis({ program, folder, port, durable: true, name: 'chaos-redis' });
        await redisReady(running, port);
        return running;
      }),
      disk,
      () => {
        cluster.remove();
        rmSync(folder, { recursive: true, force: true });
        disk?.unmount();
      },
    );
    await Promise.all([servers.postgres.start(), servers.redis.start()]);
    return servers;
  }

  async stop(): Promise<void> {
    await this.redis.stop();
    await this.postgres.stop();
    this.remove();
  }
}

function childrenOf(pid: number): readonly number[] {
  try {
    const output = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
    return output
      .split('\n')
      .map(Number)
      .filter((child) => child > 0);
  } catch {
    return [];
  }
}
