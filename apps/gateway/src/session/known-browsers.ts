import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { MACH_CONFIG, type MachConfig } from '@mach/runtime';

export const KNOWN_COOKIE = 'mach_known';
export const KNOWN_FOR_SECONDS = 180 * 86_400;
const DAY_MS = 86_400_000;
/** Accounts that one browser is remembered for: a shared computer in an office. */
const PROOFS_AT_MOST = 8;
const DAY_BYTES = 4;
const BROWSER_BYTES = 12;
const MAC_BYTES = 16;
/** 32 bytes in base64url. */
const PROOF = /^[A-Za-z0-9_-]{43}$/;
const COOKIE = /(?:^|;\s*)mach_known=([A-Za-z0-9_.-]{1,600})(?:;|$)/;

/**
 * Browsers that signed in before, told by a cookie that proves it for each account: the day, a random name of
 * the browser, and an HMAC over both and the user name. The cookie names no account and opens nothing; it only
 * keeps its owner from being held back by other people's wrong guesses. Its key is derived from the one for
 * contacts: when that changes, every browser is simply new again.
 */
@Injectable()
export class KnownBrowsers {
  private readonly key: Buffer;

  constructor(@Inject(MACH_CONFIG) config: MachConfig) {
    this.key = Buffer.from(hkdfSync('sha256', config.contactKey, '', 'mach known browser 1', 32));
  }

  /** The browser's name when the cookie proves that this account signed in from it; else null. */
  recognise(cookies: string | undefined, username: string, now: number): string | null {
    for (const proof of proofsIn(cookies)) {
      const bytes = Buffer.from(proof, 'base64url');
      const claim = bytes.subarray(0, DAY_BYTES + BROWSER_BYTES);
      const age = today(now) - claim.readUInt32BE(0);
      const current = age >= 0 && age * DAY_MS <= KNOWN_FOR_SECONDS * 1_000;
      const right = timingSafeEqual(this.macOf(claim, username), bytes.subarray(DAY_BYTES + BROWSER_BYTES));
      if (right && current) return claim.subarray(DAY_BYTES).toString('base64url');
    }
    return null;
  }

  /** The cookie's value after this account signed in: its proof anew, and those of other accounts as they were. */
  remember(cookies: string | undefined, username: string, now: number): string {
    const claim = Buffer.concat([Buffer.alloc(DAY_BYTES), randomBytes(BROWSER_BYTES)]);
    claim.writeUInt32BE(today(now), 0);
    const proof = Buffer.concat([claim, this.macOf(claim, username)]).toString('base64url');
    const others = proofsIn(cookies).filter(
      (other) => this.recognise(`${KNOWN_COOKIE}=${other}`, username, now) === null,
    );
    return [proof, ...others].slice(0, PROOFS_AT_MOST).join('.');
  }

  private macOf(claim: Buffer, username: string): Buffer {
    return createHmac('sha256', this.key).update(claim).update(username).digest().subarray(0, MAC_BYTES);
  }
}

function proofsIn(cookies = ''): string[] {
  const value = COOKIE.exec(cookies)?.[1] ?? '';
  return value
    .split('.')
    .filter((proof) => PROOF.test(proof))
    .slice(0, PROOFS_AT_MOST);
}

function today(now: number): number {
  return Math.floor(now / DAY_MS);
}
