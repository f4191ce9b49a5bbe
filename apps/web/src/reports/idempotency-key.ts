/**
 * A fresh Idempotency-Key. Not `randomUUID`: that is missing on plain-HTTP addresses of an office network.
 */
export function newIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
