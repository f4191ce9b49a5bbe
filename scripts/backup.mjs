/**
 * `npm run backup -- FOLDER`: a copy of everything that a running `npm start` remembers, while it goes on: the
 * database, the files that go with reports, and the secrets it cannot be read without. For the PostgreSQL that Mạch brings; a server of your own
 * is backed up with pg_dump or pg_basebackup.
 */
import { copyFileSync, cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { backUpCluster } from './bootstrap/backup.mjs';
import { FILES_FOLDER, statePath } from './bootstrap/paths.mjs';
import { postgresPlaces, postgresUser } from './bootstrap/postgres-user.mjs';
import { superuserUrl } from './bootstrap/postgres.mjs';
import { Advice, fail, say, step } from './bootstrap/say.mjs';
import { liveRun } from './run/run-file.mjs';
import { localSecrets } from './run/secrets.mjs';

try {
  const [folder] = process.argv.slice(2);
  if (folder === undefined)
    throw new Advice('Where to? For example: npm run backup -- ../mach-backup-monday');
  const target = resolve(folder);
  if (existsSync(target)) throw new Advice(`${target} is there already; a backup goes into a new folder.`);
  const port = liveRun()?.ports.postgres;
  if (port === undefined) {
    throw new Advice(
      'No PostgreSQL of npm start runs here. One named by DATABASE_URL is backed up with pg_dump or pg_basebackup.',
    );
  }
  const password = localSecrets().postgresPassword;
  const { home } = postgresPlaces(postgresUser(), password);
  await step('Copying the database while it works', async () => {
    const draft = `${target}.draft`;
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(dirname(draft), { recursive: true });
    mkdirSync(draft, { mode: 0o700 });
    await backUpCluster({ data: home, target: join(draft, 'postgres'), url: superuserUrl(password, port) });
    // After the database: whatever it knows of was there before.
    if (existsSync(FILES_FOLDER)) cpSync(FILES_FOLDER, join(draft, 'files'), { recursive: true });
    copyFileSync(statePath('secrets.json'), join(draft, 'secrets.json'));
    renameSync(draft, target);
  });
  say(`Everything committed until now is in ${target}, with its keys: keep it as you keep passwords.`);
  say(`Back into an empty folder:  MACH_STATE=/new/folder npm run restore -- ${target}`);
} catch (error) {
  fail(error);
}
