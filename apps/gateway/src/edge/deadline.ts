import type { FastifyRequest } from 'fastify';
import { ProblemException } from '../problems/problem.exception';

/** A request that has been read and whose answer is due. */
export type DueRequest = FastifyRequest & { deadline: Deadline };

const READ_LATE = 'Hệ thống chưa trả lời kịp. Đồng chí vui lòng thử lại sau giây lát.';

/** Until when one request must have its answer, and which one it gets when nothing better was ready. */
export class Deadline {
  private over = false;

  /** @param lastWord what is answered when the time is over; called once, at that moment */
  constructor(private lastWord: () => ProblemException) {}

  /** A read is to be asked for again; a write may have been done. A route that knows more says so. */
  static of(request: FastifyRequest): Deadline {
    return new Deadline(request.method === 'GET' || request.method === 'HEAD' ? readLate : writeLate);
  }

  /** Its client has been answered: whatever goes on now must not write a thing that was denied. */
  get passed(): boolean {
    return this.over;
  }

  /** Says it differently from now on, because the work has come to another point. */
  otherwise(lastWord: () => ProblemException): void {
    this.lastWord = lastWord;
  }

  /** The time is over. */
  pass(): ProblemException {
    this.over = true;
    return this.lastWord();
  }
}

function readLate(): ProblemException {
  return new ProblemException('server.busy', { retryAfter: 2, detail: READ_LATE });
}

function writeLate(): ProblemException {
  return new ProblemException('server.unconfirmed', { retryAfter: 2 });
}
