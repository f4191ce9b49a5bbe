import { createHash } from 'node:crypto';
import { baseContent, signatureContent, type Signature, type SigningBase } from '@mach/domain';
import type { StoredSignature } from '@mach/persistence';

/** Names what is on a signer's screen: whoever signs what has changed since is refused. */
export function baseHash(base: SigningBase): string {
  return sha256(baseContent(base));
}

/** SHA-256 of everything that was signed. */
export function contentHash(signature: Signature): string {
  return sha256(signatureContent(signature));
}

/** Whether a stored version still has its hash, and follows the version that is stored before it. */
export function isVerified(stored: StoredSignature, before: StoredSignature | undefined): boolean {
  return contentHash(stored) === stored.contentHash && stored.previousHash === (before?.contentHash ?? null);
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
