import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { statePath } from '../bootstrap/paths.mjs';

/**
 * Secrets of this machine's demonstration system, made once and kept beside its data: the key that contacts
 * are encrypted with and PostgreSQL's password. A database that stays needs the same ones again.
 */
export function localSecrets() {
  const file = statePath('secrets.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const secrets = {
    contactKey: randomBytes(32).toString('base64'),
    postgresPassword: randomBytes(18).toString('hex'),
  };
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return secrets;
}
