import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import { constants, Script } from 'node:vm';

/** By then a service has started, and what it compiled for that is worth keeping. */
const KEEP_AFTER_MS = 5_000;

type Wrapped = (
  exports: Record<string, () => void>,
  require: NodeJS.Require,
  module: { exports: Record<string, () => void> },
  filename: string,
  dirname: string,
) => void;

/**
 * Starts one program of the bundle `services.js` in `folder` (scripts/build/bundle.mjs). V8 compiles a function
 * when it is first called, which is most of a service's start: what it compiled is kept in `folder/cache` and
 * read by the next start. V8 compares only the length of the source, so `hash` (of the bundle) is part of the
 * file's name, and so is everything V8's own answer depends on. Where the folder cannot be written, starts
 * are only slower.
 */
export function launch(folder: string, name: string, hash: string): void {
  const file = join(folder, 'services.js');
  const cacheFile = join(folder, 'cache', `${name}-${hash}-${cachedDataVersionTag().toString(16)}`);
  const cachedData = readIfThere(cacheFile);
  const script = new Script(readFileSync(file, 'latin1'), {
    filename: file,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(cachedData !== null && { cachedData }),
  });
  const module: Parameters<Wrapped>[2] = { exports: {} };
  const run = script.runInThisContext() as Wrapped;
  run(module.exports, createRequire(file), module, file, folder);
  const start = module.exports[name];
  if (start === undefined) throw new Error(`${file} holds no ${name}`);
  start();
  if (cachedData === null || script.cachedDataRejected === true) keep(script, cacheFile);
}

function readIfThere(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}

/** Keeps it after a while, or when a short program ends well before that. */
function keep(script: Script, cacheFile: string): void {
  const write = (): void => {
    clearTimeout(timer);
    process.off('exit', atExit);
    const draft = `${cacheFile}.${String(process.pid)}`;
    try {
      mkdirSync(join(cacheFile, '..'), { recursive: true });
      writeFileSync(draft, script.createCachedData());
      renameSync(draft, cacheFile);
    } catch {
      // A read-only image: without the cache it works as well.
    }
  };
  const atExit = (code: number): void => {
    if (code === 0) write();
  };
  const timer = setTimeout(write, KEEP_AFTER_MS);
  timer.unref();
  process.once('exit', atExit);
}
