import { Injectable } from '@nestjs/common';
import { SessionStore } from '@mach/persistence';
import { SystemClock } from '@mach/runtime';
import { ProblemException } from '../problems/problem.exception';
import type { Account } from './account';
import { GuessDelays } from './guess-delays';
import { KnownBrowsers } from './known-browsers';
import { networkOf } from './network-of';
import { PasswordChecks } from './password-checks';

const MINUTE_MS = 60_000;
/** One account from one address or one known browser: a person mistypes a few times. */
const PER_ACCOUNT = { free: 5, firstMs: 2_000, longestMs: 15 * MINUTE_MS, forgottenAfterMs: 60 * MINUTE_MS };
/** One address over all accounts: a whole office may sign in at eight o'clock. */
const PER_ADDRESS = { free: 100, firstMs: 1_000, longestMs: MINUTE_MS, forgottenAfterMs: 10 * MINUTE_MS };

export interface SignInAttempt {
  readonly username: string;
  readonly password: string;
  readonly address: string;
  readonly cookies: string | undefined;
}

/**
 * Decides whether a name and a password belong together, and slows down guessing without shutting out the
 * owner: wrong guesses count for the account together with the address or the known browser they came from, so
 * that an attacker's never delay the owner elsewhere. All of it is in memory, per process.
 */
@Injectable()
export class SignIn {
  private readonly perAccount = new GuessDelays(PER_ACCOUNT);
  private readonly perAddress = new GuessDelays(PER_ADDRESS);

  constructor(
    private readonly store: SessionStore,
    private readonly checks: PasswordChecks,
    private readonly browsers: KnownBrowsers,
    private readonly clock: SystemClock,
  ) {}

  /** The account. Throws `auth.invalid`, `auth.tooManyAttempts`, `server.busy`. */
  async attempt({ username, password, address, cookies }: SignInAttempt): Promise<Account> {
    const now = this.clock.now();
    const browser = this.browsers.recognise(cookies, username, now);
    const from = networkOf(address);
    const guesses = `${username}\n${browser ?? from}`;
    hold(this.perAccount.reserve(guesses, now));
    // A known browser answers for itself, not for whoever else sits behind its address.
    const counted = browser === null;
    if (counted) {
      const wait = this.perAddress.reserve(from, now);
      if (wait > 0) this.perAccount.giveBack(guesses);
      hold(wait);
    }
    const found = await this.verified(username, password, { address: from, known: !counted }).catch(
      (error: unknown) => {
        // Nothing was learnt about the password.
        this.perAccount.giveBack(guesses);
        if (counted) this.perAddress.giveBack(from);
        throw error;
      },
    );
    if (found === null) throw new ProblemException('auth.invalid');
    this.perAccount.forget(guesses);
    if (counted) this.perAddress.giveBack(from);
    return found;
  }

  private async verified(
    username: string,
    password: string,
    from: { address: string; known: boolean },
  ): Promise<Account | null> {
    const found = await this.store.credentials(username);
    // An unknown name costs the same work as a wrong password: the time taken must not tell which names exist.
    const right = await this.checks.verify(password, found?.passwordHash ?? null, from);
    return right ? (found?.account ?? null) : null;
  }
}

function hold(waitMs: number): void {
  if (waitMs > 0)
    throw new ProblemException('auth.tooManyAttempts', { retryAfter: Math.ceil(waitMs / 1_000) });
}
