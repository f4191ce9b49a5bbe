import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { removeState, stateFolder } from '../../support/system/npm-start';
import { ROOT } from '../../support/system/processes';

/**
 * Takes the lock at a given moment, says whether it has it, and keeps it until its input ends. Many of these are
 * started while the holder before them lies dead.
 */
const CONTENDER = `
  import { takeLock } from './scripts/bootstrap/lock.mjs';
  process.stdout.write('ready\\n');
  process.stdin.once('data', () => process.stdout.write('holder' in takeLock('race') ? 'refused\\n' : 'taken\\n'));
`;

class Contender {
  private readonly child;
  private said = '';

  constructor(state: string) {
    this.child = spawn(process.execPath, ['--input-type=module', '-e', CONTENDER], {
      cwd: ROOT,
      env: { ...process.env, MACH_STATE: state },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.child.stdout.on('data', (chunk: Buffer) => (this.said += chunk.toString()));
  }

  /** The next word it says. */
  async next(): Promise<string> {
    while (!this.said.includes('\n')) await once(this.child.stdout, 'data');
    const [word = '', ...rest] = this.said.split('\n');
    this.said = rest.join('\n');
    return word;
  }

  go(): void {
    this.child.stdin.write('go\n');
  }

  async kill(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }
}

describe('a lock of the state folder', () => {
  const state = stateFolder();
  afterAll(() => {
    removeState(state);
  });

  it('goes to exactly one of many, each time after its holder was killed', async () => {
    let everybody = Array.from({ length: 6 }, () => new Contender(state));
    for (let round = 0; round < 5; round += 1) {
      await Promise.all(
        everybody.map(async (one) => {
          expect(await one.next()).toBe('ready');
        }),
      );
      for (const one of everybody) one.go();
      const answers = await Promise.all(everybody.map((one) => one.next()));
      expect(answers.filter((answer) => answer === 'taken')).toHaveLength(1);
      await Promise.all(everybody.map((one) => one.kill()));
      everybody = Array.from({ length: 6 }, () => new Contender(state));
    }
    await Promise.all(everybody.map((one) => one.kill()));
  }, 60_000);
});
