import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { statePath } from '../bootstrap/paths.mjs';

/**
 * Secrets of this machine's demonstration system, made once and kept beside its data: the key that contacts
 * are encrypted with and the passwords of PostgreSQL's owner and of the services' plain user. A database that
 * stays needs the same ones again; what an installation of an earlier version does not have yet is added.
 */
export function localSecrets() {
  const file = statePath('secrets.json');
  const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const secrets = {
    contactKey: randomBytes(32).toString('base64'),
    postgresPassword: randomBytes(18).toString('hex'),
    servicePassword: randomBytes(18).toString('hex'),
    ...known,
  };
  if (Object.keys(secrets).some((name) => !(name in known)))
    writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return secrets;
}
