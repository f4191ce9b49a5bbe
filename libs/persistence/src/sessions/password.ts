import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** OWASP's scrypt setting with the smallest memory: 16 MiB, five passes. Written into each hash, so that it can be raised later. */
const COST = { N: 16_384, r: 8, p: 5 };
const KEY_LENGTH = 32;
const SHAPE = /^scrypt\$(\d{1,8})\$(\d{1,2})\$(\d{1,2})\$([A-Za-z0-9_-]{16,})\$([A-Za-z0-9_-]{43})$/;

/** Hashes a password as `scrypt$N$r$p$salt$key` (salt and key in base64url). The salt is an argument only for repeatable seeds. */
export async function hashPassword(password: string, salt: Buffer = randomBytes(16)): Promise<string> {
  const key = await derive(password, salt, COST);
  return `scrypt$${String(COST.N)}$${String(COST.r)}$${String(COST.p)}$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

/** Whether `password` is the one behind `hash`; false for a hash of another shape. Takes constant time in the comparison. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [, n, r, p, salt, key] = SHAPE.exec(hash) ?? [];
  if (n === undefined || r === undefined || p === undefined || salt === undefined || key === undefined) return false;
  const derived = await derive(password, Buffer.from(salt, 'base64url'), { N: Number(n), r: Number(r), p: Number(p) });
  return timingSafeEqual(derived, Buffer.from(key, 'base64url'));
}

function derive(password: string, salt: Buffer, cost: { N: number; r: number; p: number }): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // One spelling of accented letters: a phone and a computer may send ế composed or decomposed.
    scrypt(password.normalize('NFC'), salt, KEY_LENGTH, { ...cost, maxmem: 256 * cost.N * cost.r }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
