import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { whileLocked } from '../bootstrap/lock.mjs';
import { ROOT } from '../bootstrap/paths.mjs';
import { bundleServices } from './bundle.mjs';
import { filesOf, fingerprint, SERVER_FOLDERS } from './sources.mjs';

const DIST = join(ROOT, 'dist');
const STAMP = join(DIST, '.server');
const RECIPE = [
  '.swcrc',
  'tsconfig.json',
  'package-lock.json',
  'scripts/build/server.mjs',
  'scripts/build/bundle.mjs',
  'scripts/build/sources.mjs',
];

/** `@mach/<lib>` → index of the library, from the `paths` that TypeScript reads too. */
function aliases() {
  const { compilerOptions } = JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8'));
  return compilerOptions.paths;
}

/**
 * Compiles libraries, services and test programs to CommonJS in dist, `@mach/*` rewritten to relative paths;
 * other files (data, templates) are copied; then one file is made of what is in service. swc only strips types: they are checked by `npm run check`.
 * @returns how many files were compiled; 0 when dist was current
 */
export function buildServer({ note = silent, force = false } = {}) {
  return whileLocked('build', () => build({ note, force }));
}

/** @type {(text: string) => void} */
const silent = () => {};

/** @param {{ note: (text: string) => void, force: boolean }} options */
async function build({ note, force }) {
  const files = SERVER_FOLDERS.flatMap(filesOf);
  const wanted = fingerprint([...RECIPE, ...files]);
  if (!force && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return 0;

  const { transformFile } = await import('@swc/core');
  const options = JSON.parse(readFileSync(join(ROOT, '.swcrc'), 'utf8'));
  options.jsc.baseUrl = ROOT;
  options.jsc.paths = aliases();
  rmSync(STAMP, { force: true });
  for (const folder of SERVER_FOLDERS) rmSync(join(DIST, folder), { recursive: true, force: true });

  let done = 0;
  const compile = async (/** @type {string} */ file) => {
    const target = join(DIST, file);
    mkdirSync(dirname(target), { recursive: true });
    if (!file.endsWith('.ts')) return copyFileSync(join(ROOT, file), target);
    const { code, map } = await transformFile(join(ROOT, file), {
      ...options,
      swcrc: false,
      sourceMaps: true,
    });
    const script = target.replace(/\.ts$/, '.js');
    writeFileSync(script, `${code}\n//# sourceMappingURL=${script.split('/').at(-1)}.map\n`);
    writeFileSync(`${script}.map`, map ?? '');
    done += 1;
    note(`${done}/${files.length}`);
  };
  const waiting = [...files];
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let file = waiting.shift(); file; file = waiting.shift()) await compile(file);
    }),
  );
  note('bundling');
  await bundleServices();
  writeFileSync(STAMP, wanted);
  return done;
}
