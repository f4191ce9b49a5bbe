import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';

/** Injection token of the key that contacts are encrypted with: 32 bytes. */
export const CONTACT_KEY = Symbol('CONTACT_KEY');

const FORMAT = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Which secret of which unit; bound into the ciphertext, so that one cannot be put in another's place. */
export interface ContactField {
  readonly unitId: number;
  readonly field: 'email' | 'phone';
}

/** A stored contact that this key does not open: the key was changed, or the row was tampered with. */
class ContactCipherError extends Error {
  constructor(field: ContactField) {
    super(`contact ${field.field} of unit ${String(field.unitId)} cannot be decrypted with MACH_CONTACT_KEY`);
    this.name = 'ContactCipherError';
  }
}

/**
 * AES-256-GCM for the only personal data held: a contact's e-mail and phone.
 * Layout: format byte, 12 bytes of IV, 16 bytes of tag, ciphertext.
 */
@Injectable()
export class ContactCipher {
  constructor(@Inject(CONTACT_KEY) private readonly key: Buffer) {
    if (key.length !== 32) throw new Error('the contact key must have 32 bytes');
  }

  seal(text: string, field: ContactField): Buffer {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv).setAAD(bound(field));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.of(FORMAT), iv, cipher.getAuthTag(), sealed]);
  }

  /** @throws ContactCipherError */
  open(sealed: Buffer, field: ContactField): string {
    const textAt = 1 + IV_BYTES + TAG_BYTES;
    if (sealed.length < textAt || sealed[0] !== FORMAT) throw new ContactCipherError(field);
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.key, sealed.subarray(1, 1 + IV_BYTES))
        .setAAD(bound(field))
        .setAuthTag(sealed.subarray(1 + IV_BYTES, textAt));
      return Buffer.concat([decipher.update(sealed.subarray(textAt)), decipher.final()]).toString('utf8');
    } catch {
      throw new ContactCipherError(field);
    }
  }
}

function bound(field: ContactField): Buffer {
  return Buffer.from(`contact.${field.field}:${String(field.unitId)}`);
}
