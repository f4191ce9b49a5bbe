/**
 * Completes package-lock.json for machines other than the one it was written on. Native packages come as one
 * optional package for each platform; a registry mirror that lacks some makes npm leave them out of the lock
 * file, and `npm ci` then refuses it. Their exact versions stand in the packages that ask for them, so they
 * are added here (without a hash: npm takes what the registry of that machine has).
 *
 *   node scripts/complete-lock.mjs           mend it
 *   node scripts/complete-lock.mjs --check   only say what is missing
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './bootstrap/paths.mjs';

const FILE = join(ROOT, 'package-lock.json');
const SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const PROCESSORS = [
  'arm',
  'arm64',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
];

/**
 * What npm compares with the machine.
 * @typedef {{ cpu?: string[], libc?: string[], os?: string[] }} Platform
 */

/**
 * A package as the lock file holds it; only what is read here.
 * @typedef {{ version?: string, dev?: boolean, optional?: boolean, optionalDependencies?: Record<string, string> } & Platform} Locked
 */

/** `linux-arm64-musl` at the end of a package's name → its platform. @param {string} name */
function platformOf(name) {
  const words = name.slice(name.lastIndexOf('/') + 1).split('-');
  /** @type {Platform} */
  const platform = {};
  const cpu = words.find((word) => PROCESSORS.includes(word));
  const os = words.find((word) => SYSTEMS.includes(word));
  if (cpu) platform.cpu = [cpu];
  if (words.includes('musl')) platform.libc = ['musl'];
  else if (os === 'linux' && words.some((word) => word.startsWith('gnu'))) platform.libc = ['glibc'];
  if (os) platform.os = [os];
  return platform;
}

/**
 * Optional platform packages that a package of the lock file asks for and the lock file does not hold.
 * @param {Record<string, Locked>} packages by their path
 */
function missing(packages) {
  /** @type {Map<string, Locked>} */
  const found = new Map();
  for (const [path, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const platform = platformOf(name);
      const held = packages[`${path}/node_modules/${name}`] ?? packages[`node_modules/${name}`];
      if (held || !/^\d/.test(version) || !(platform.os ?? platform.cpu)) continue;
      const { cpu, libc, os } = platform;
      found.set(`node_modules/${name}`, {
        version,
        ...(cpu && { cpu }),
        ...(dev && { dev }),
        ...(libc && { libc }),
        optional: true,
        ...(os && { os }),
      });
    }
  }
  return found;
}

const lock = JSON.parse(readFileSync(FILE, 'utf8'));
const found = missing(lock.packages);
if (process.argv.includes('--check')) {
  for (const [path, { version }] of found)
    console.log(`${path.replace('node_modules/', '')}@${version} is missing from package-lock.json`);
  if (found.size > 0) console.log('Run: node scripts/complete-lock.mjs');
  process.exitCode = found.size > 0 ? 1 : 0;
} else {
  const all = Object.entries({ ...lock.packages, ...Object.fromEntries(found) });
  lock.packages = Object.fromEntries(all.sort(([a], [b]) => a.localeCompare(b, 'en')));
  writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${found.size} packages added to package-lock.json.`);
}
