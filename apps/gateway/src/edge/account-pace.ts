import type { AccountRole } from '@mach/domain';
import type { ProblemCode } from '@mach/contracts';
import type { SystemClock } from '@mach/runtime';
import { ProblemException } from '../problems/problem.exception';

/** So many at once, then so many a second, by number and by bytes. */
export interface Allowance {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly bytes: number;
  readonly bytesPerSecond: number;
}

const REMEMBERED_AT_MOST = 20_000;

interface Bucket {
  requests: number;
  bytes: number;
  at: number;
}

/** How fast one account may send something. Per process. */
export abstract class AccountPace {
  private readonly buckets = new Map<number, Bucket>();

  protected constructor(
    private readonly clock: Pick<SystemClock, 'now'>,
    private readonly problem: ProblemCode,
    private readonly allowanceOf: (role: AccountRole) => Allowance,
  ) {}

  /** Throws the problem when the account has sent more than its allowance. */
  take(account: { readonly id: number; readonly role: AccountRole }, bytes: number): void {
    const allowed = this.allowanceOf(account.role);
    const now = this.clock.now();
    const known = this.buckets.get(account.id) ?? {
      requests: allowed.requests,
      bytes: allowed.bytes,
      at: now,
    };
    const seconds = Math.max(0, now - known.at) / 1_000;
    const bucket = {
      requests: Math.min(allowed.requests, known.requests + seconds * allowed.requestsPerSecond),
      bytes: Math.min(allowed.bytes, known.bytes + seconds * allowed.bytesPerSecond),
      at: now,
    };
    const wait = Math.max(
      (1 - bucket.requests) / allowed.requestsPerSecond,
      (bytes - bucket.bytes) / allowed.bytesPerSecond,
    );
    if (wait <= 0) {
      bucket.requests -= 1;
      bucket.bytes -= bytes;
    }
    this.buckets.delete(account.id);
    const oldest = this.buckets.keys().next();
    if (this.buckets.size >= REMEMBERED_AT_MOST && oldest.done !== true) this.buckets.delete(oldest.value);
    this.buckets.set(account.id, bucket);
    if (wait > 0) throw new ProblemException(this.problem, { retryAfter: Math.ceil(wait) });
  }
}
