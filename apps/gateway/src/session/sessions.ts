import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { SessionStore } from '@mach/persistence';
import { MACH_CONFIG, SystemClock, type MachConfig } from '@mach/runtime';
import type { Account } from './account';

const REMEMBERED_MS = 15_000;
const REMEMBERED_AT_MOST = 20_000;

interface Remembered {
  readonly account: Account;
  readonly expiresAt: number;
  readonly until: number;
}

/**
 * Sessions live on the server: the client holds 256 random bits, the database their SHA-256. A session just
 * looked up is
 * remembered for 15 seconds, so that the intake's hot path asks the database nothing; signing out forgets at
 * once here and
 * within 15 seconds in other processes. Sessions run on the machine's own time, not on `Clock`: setting the
 * demonstration
 * clock a week ahead must not sign everybody out, and setting it back must not wake an old session.
 */
@Injectable()
export class Sessions {
  private readonly remembered = new Map<string, Remembered>();
  private readonly underway = new Map<string, Promise<Account | null>>();

  constructor(
    private readonly store: SessionStore,
    private readonly clock: SystemClock,
    @Inject(MACH_CONFIG) private readonly config: MachConfig,
  ) {}

  /** Opens a session and answers its token and how long it lasts. */
  async open(accountId: number): Promise<{ token: string; maxAgeSeconds: number }> {
    const token = randomBytes(32).toString('base64url');
    const now = this.clock.now();
    const maxAgeSeconds = this.config.sessionTtlHours * 3_600;
    await this.store.open(
      { tokenHash: hashOf(token), accountId, expiresAt: now + maxAgeSeconds * 1_000 },
      now,
    );
    return { token, maxAgeSeconds };
  }

  /** The account of a token, or null when the session is unknown, over, or its account disabled. */
  async find(token: string): Promise<Account | null> {
    const known = this.remembered.get(token);
    const now = this.clock.now();
    if (known !== undefined && known.until > now) return known.expiresAt > now ? known.account : null;
    const waiting = this.underway.get(token);
    if (waiting !== undefined) return waiting;
    const lookup = this.lookUp(token).finally(() => this.underway.delete(token));
    this.underway.set(token, lookup);
    return lookup;
  }

  /**
   * The accounts of these tokens as they are now, whatever is remembered; null for a session that is over or
   * whose account was disabled. One question for all of them.
   */
  async findAgain(tokens: readonly string[]): Promise<ReadonlyMap<string, Account | null>> {
    const hashes = tokens.map(hashOf);
    const found = await this.store.findAll(hashes, this.clock.now());
    const accounts = new Map<string, Account | null>();
    for (const [index, token] of tokens.entries()) {
      const session = found.get(hashes[index]?.toString('hex') ?? '') ?? null;
      this.remember(token, session);
      accounts.set(token, session?.account ?? null);
    }
    return accounts;
  }

  async close(token: string): Promise<void> {
    this.remembered.delete(token);
    await this.store.close(hashOf(token));
    this.remembered.delete(token);
  }

  private async lookUp(token: string): Promise<Account | null> {
    const found = await this.store.find(hashOf(token), this.clock.now());
    this.remember(token, found);
    return found?.account ?? null;
  }

  private remember(
    token: string,
    found: { readonly account: Account; readonly expiresAt: number } | null,
  ): void {
    this.remembered.delete(token);
    if (found === null) return;
    if (this.remembered.size >= REMEMBERED_AT_MOST) this.forgetOldest();
    this.remembered.set(token, { ...found, until: this.clock.now() + REMEMBERED_MS });
  }

  private forgetOldest(): void {
    const oldest = this.remembered.keys().next();
    if (oldest.done !== true) this.remembered.delete(oldest.value);
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
