import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const FOLDER = join('libs', 'persistence', 'seed-data');

/** Reads a file of `libs/persistence/seed-data`, from the source tree or from `dist` beside it. */
function readSeedFile(name: string): string {
  return readFileSync(join(seedFolder(__dirname), name), 'utf8');
}

/** A seed file in JSON. What it means is checked by the domain before it is written. */
export function readSeedJson(name: string): unknown {
  return JSON.parse(readSeedFile(name));
}

/**
 * The rows of a seed file in CSV with a heading line. The files have neither quotes nor commas inside fields.
 */
export function readSeedCsv(name: string): ReadonlyMap<string, string>[] {
  const [heading = '', ...lines] = readSeedFile(name).trim().split(/\r?\n/);
  const columns = heading.replace(/^\uFEFF/, '').split(',');
  return lines.map((line) => {
    const fields = line.split(',');
    if (fields.length !== columns.length)
      throw new Error(`${name}: «${line}» has ${String(fields.length)} fields`);
    return new Map(columns.map((column, index) => [column, fields[index] ?? '']));
  });
}

function seedFolder(from: string): string {
  const folder = join(from, FOLDER);
  if (existsSync(folder)) return folder;
  const above = dirname(from);
  if (above === from) throw new Error(`the folder ${FOLDER} is missing`);
  return seedFolder(above);
}
