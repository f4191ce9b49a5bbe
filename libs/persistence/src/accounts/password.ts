import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/**
 * OWASP's scrypt setting with the smallest memory: 16 MiB, five passes. Written into each hash, so that it
 * can be raised later.
 */
const COST = { N: 16_384, r: 8, p: 5 };
const SALT_LENGTH = 16;
const KEY_LENGTH = 32;
const SHAPE = /^scrypt\$(\d{1,8})\$(\d{1,2})\$(\d{1,2})\$([A-Za-z0-9_-]{16,})\$([A-Za-z0-9_-]{43})$/;
/** A hash may cost more than ours, but not so much that verifying it would stop the process. */
const MOST_WORK = 2 ** 21;

/** Hashes a password as `scrypt$N$r$p$salt$key` (salt and key in base64url). */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_LENGTH);
  const key = await derive(password, salt, COST);
  return `scrypt$${String(COST.N)}$${String(COST.r)}$${String(COST.p)}$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

/**
 * Whether `password` is the one behind `hash`, compared in constant time. Pass null for an account that does
 * not exist: the same
 * work is done before answering false, so that the time an answer takes does not tell which user names exist.
 */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const [, n, r, p, salt, key] = (hash === null ? null : SHAPE.exec(hash)) ?? [];
  const cost = { N: Number(n), r: Number(r), p: Number(p) };
  if (salt === undefined || key === undefined || cost.N * cost.r * cost.p > MOST_WORK) {
    await derive(password, Buffer.alloc(SALT_LENGTH), COST);
    return false;
  }
  return timingSafeEqual(
    await derive(password, Buffer.from(salt, 'base64url'), cost),
    Buffer.from(key, 'base64url'),
  );
}

function derive(password: string, salt: Buffer, cost: { N: number; r: number; p: number }): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // One spelling of accented letters: a phone and a computer may send ế composed or decomposed.
    scrypt(
      password.normalize('NFC'),
      salt,
      KEY_LENGTH,
      { ...cost, maxmem: 256 * cost.N * cost.r },
      (error, key) => {
        if (error === null) resolve(key);
        else reject(error);
      },
    );
  });
}
