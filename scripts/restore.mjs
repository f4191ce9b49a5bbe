/**
 * `npm run restore -- FOLDER`: puts a copy made by `npm run backup` into the empty state folder (`.mach`, or the
 * one of MACH_STATE); `npm start` goes on from there. Overwrites nothing. Redis needs no copy: what it carried is
 * published again from the database.
 */
import { copyFileSync, cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { restoreCluster } from './bootstrap/backup.mjs';
import { takeLock } from './bootstrap/lock.mjs';
import { FILES_FOLDER, STATE, statePath } from './bootstrap/paths.mjs';
import { postgresPlaces, postgresUser } from './bootstrap/postgres-user.mjs';
import { Advice, fail, say, step } from './bootstrap/say.mjs';

try {
  const [folder] = process.argv.slice(2);
  if (folder === undefined)
    throw new Advice('From where? For example: npm run restore -- ../mach-backup-monday');
  const source = resolve(folder);
  if (!existsSync(join(source, 'postgres', 'backup_label')))
    throw new Advice(`${source} is no copy made by npm run backup.`);
  const lock = takeLock('start');
  if ('holder' in lock)
    throw new Advice(`Mạch is running in ${STATE} (process ${lock.holder.pid}). Stop it first.`);
  const secrets = statePath('secrets.json');
  const { postgresPassword } = JSON.parse(readFileSync(join(source, 'secrets.json'), 'utf8'));
  const user = postgresUser();
  const { home } = postgresPlaces(user, postgresPassword);
  if (existsSync(home) || existsSync(secrets)) {
    throw new Advice(
      `${STATE} holds data already, and nothing is overwritten. Move it away, or name an empty folder: MACH_STATE=/new/folder npm run restore -- ${source}`,
    );
  }
  await step('Putting the copy in place', async () => {
    // Jobs of another past must not meet this database.
    rmSync(join(STATE, 'redis'), { recursive: true, force: true });
    restoreCluster({ source: join(source, 'postgres'), data: home, user });
    if (existsSync(join(source, 'files'))) cpSync(join(source, 'files'), FILES_FOLDER, { recursive: true });
    copyFileSync(join(source, 'secrets.json'), secrets);
  });
  say('npm start goes on from there.');
} catch (error) {
  fail(error);
}
