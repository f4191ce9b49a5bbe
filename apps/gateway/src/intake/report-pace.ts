import { Injectable } from '@nestjs/common';
import type { AccountRole } from '@mach/domain';
import { SystemClock } from '@mach/runtime';
import { ProblemException } from '../problems/problem.exception';

interface Allowance {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly bytes: number;
  readonly bytesPerSecond: number;
}

const MIB = 1024 * 1024;
/** A cell reports for itself; its program may try again and again. */
const ONE_UNIT: Allowance = {
  requests: 300,
  requestsPerSecond: 1,
  bytes: 4 * MIB,
  bytesPerSecond: 128 * 1024,
};
/** A committee may hand in the reports of all its cells in one go, and again after mending them. */
const MANY_UNITS: Allowance = {
  requests: 1_000,
  requestsPerSecond: 20,
  bytes: 64 * MIB,
  bytesPerSecond: MIB,
};
const REMEMBERED_AT_MOST = 20_000;

interface Bucket {
  requests: number;
  bytes: number;
  at: number;
}

/** How fast one account may send reports: so many at once, then so many a second, by number and by bytes. Per process. */
@Injectable()
export class ReportPace {
  private readonly buckets = new Map<number, Bucket>();

  constructor(private readonly clock: SystemClock) {}

  /** Throws `report.tooFast` when the account has sent more than its allowance. */
  take(account: { readonly id: number; readonly role: AccountRole }, bytes: number): void {
    const allowed = account.role === 'cell' ? ONE_UNIT : MANY_UNITS;
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
    if (wait > 0) throw new ProblemException('report.tooFast', { retryAfter: Math.ceil(wait) });
  }
}
