import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/system/processes';

const LAUNCH = join(ROOT, 'dist', 'libs', 'runtime', 'src', 'launch.js');

/** The bundle of the services starts quicker with what V8 kept of its last start, and never runs anything old. */
describe('a launched bundle', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mach-launch-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function bundle(word: string): void {
    writeFileSync(
      join(folder, 'services.js'),
      `(function (exports, require) { exports.speak = () => { require('node:fs').writeSync(1, '${word}'); }; })\n`,
    );
  }

  function start(hash: string): string {
    const program = `require('${LAUNCH}').launch('${folder}', 'speak', '${hash}')`;
    return execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' });
  }

  function kept(): string[] {
    return readdirSync(join(folder, 'cache')).map((file) => join(folder, 'cache', file));
  }

  it('keeps what was compiled and takes it at the next start', () => {
    bundle('one');
    expect(start('a')).toBe('one');
    const [file = ''] = kept();
    const before = statSync(file).mtimeMs;
    expect(start('a')).toBe('one');
    // What V8 refuses is written anew.
    expect([kept(), statSync(file).mtimeMs]).toEqual([[file], before]);
  });

  it('runs a changed bundle of the same length as it is', () => {
    bundle('one');
    start('a');
    bundle('two');
    expect(start('b')).toBe('two');
  });

  it('starts without it when it is spoilt, and mends it', () => {
    bundle('one');
    start('a');
    const [file = ''] = kept();
    const good = readFileSync(file).length;
    writeFileSync(file, 'spoilt');
    expect(start('a')).toBe('one');
    expect(readFileSync(file).length).toBe(good);
  });

  it('starts where nothing can be kept', () => {
    bundle('one');
    writeFileSync(join(folder, 'cache'), 'not a folder');
    expect(start('a')).toBe('one');
  });
});
