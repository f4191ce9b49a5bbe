import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../eventually';
import { ROOT } from './processes';

/** What a running `npm start` writes into `run.json`, as far as tests read it. */
export interface Run {
  readonly pid: number;
  readonly url: string;
  readonly databaseUrl: string;
  readonly pids: Readonly<Record<string, number>>;
}

const START_LIMIT_MS = 180_000;

/** A state folder of a test's own, so that it disturbs no `npm start` of the person who runs it. */
export function stateFolder(): string {
  const folder = join(ROOT, '.mach', 'e2e');
  mkdirSync(folder, { recursive: true });
  const state = mkdtempSync(join(folder, 'state-'));
  // Where root runs the tests, PostgreSQL's own user has to pass.
  chmodSync(state, 0o755);
  return state;
}

export function removeState(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** A script of the clone with a state folder; the servers are its own, not those of the tests. */
export class ScriptRun {
  private readonly child: ChildProcess;
  readonly exited: Promise<number | null>;
  output = '';

  constructor(
    script: string,
    args: readonly string[],
    private readonly state: string,
    env: Readonly<Record<string, string>> = {},
  ) {
    this.child = spawn(process.execPath, [join(ROOT, script), ...args], {
      cwd: ROOT,
      env: { ...process.env, DATABASE_URL: '', REDIS_URL: '', MACH_STATE: state, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.child.stderr?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.exited = new Promise((resolve) => this.child.once('close', resolve));
  }

  /** What `npm start` tells others at this moment; null before its first note and after its end. */
  note(): Run | null {
    const file = join(this.state, 'run.json');
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Run) : null;
  }

  /** Resolves when `npm start` has announced its address. */
  async announced(): Promise<Run> {
    return eventually(() => {
      if (this.child.exitCode !== null) throw new Error(`It ended:\n${this.output}`);
      const run = this.note();
      return run !== null && run.pid === this.child.pid && this.output.includes('Mạch is running')
        ? run
        : false;
    }, START_LIMIT_MS);
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    return this.exited;
  }
}

/** Whether a process with this id runs; one that ended and waits to be collected does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    return !/\) [ZX] /.test(stat);
  } catch {
    return false;
  }
}
