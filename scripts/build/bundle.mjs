import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../bootstrap/paths.mjs';

const DIST = join(ROOT, 'dist');

/** What runs in service, each by the module that starts it. */
const PROGRAMS = {
  gateway: './apps/gateway/src/main.js',
  aggregator: './apps/aggregator/src/main.js',
  notifier: './apps/notifier/src/main.js',
  setup: './apps/gateway/src/setup.main.js',
  verify: './apps/aggregator/src/verify.main.js',
};

/** One byte a character in memory: half of what a single accent anywhere would make of ten million. */
function inAscii(/** @type {string} */ code) {
  return code.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * Makes one file of everything that is in service, packages included, from what swc has put into dist: finding
 * and reading two thousand files was a third of a service's start. Modules keep their own scope and names (class
 * names are injection tokens and names of migrations). `dist/<program>.js` starts a program of it.
 */
export async function bundleServices() {
  const { rolldown } = await import('rolldown');
  const entry = join(DIST, 'services.entry.js');
  const lines = Object.entries(PROGRAMS).map(
    ([name, module]) => `exports.${name} = () => { require('${module}'); };`,
  );
  writeFileSync(entry, `${lines.join('\n')}\n`);
  const bundle = await rolldown({
    input: entry,
    cwd: ROOT,
    platform: 'node',
    // TypeORM asks for its driver by name and finds it in node_modules; bundled as well it would be there twice.
    external: [/^pg($|\/)/],
    // Packages that Nest, TypeORM and BullMQ would use if they were there stay as calls of require.
    logLevel: 'silent',
    resolve: { mainFields: ['main', 'module'] },
  });
  const { output } = await bundle.generate({ format: 'cjs', codeSplitting: false });
  await bundle.close();
  rmSync(entry);
  const [{ code }] = output;
  const file = `(function (exports, require, module, __filename, __dirname) {${inAscii(code)}\n})\n`;
  const hash = createHash('sha256').update(file).digest('hex').slice(0, 12);
  rmSync(join(DIST, 'cache'), { recursive: true, force: true });
  writeFileSync(join(DIST, 'services.js'), file);
  for (const name of Object.keys(PROGRAMS)) {
    const start = `require('./libs/runtime/src/launch.js').launch(__dirname, '${name}', '${hash}');\n`;
    writeFileSync(join(DIST, `${name}.js`), start);
  }
}
