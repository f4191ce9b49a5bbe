import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ProblemException } from '../problems/problem.exception';
import { writeProblem } from '../problems/write-problem';

/** A request that has been read and whose answer is due. */
export type DueRequest = FastifyRequest & { deadline: Deadline };

/** Until when one request must have its answer, and which one it gets when nothing better was ready. */
export class Deadline {
  private over = false;

  /** @param lastWord what is answered when the time is over; called once, at that moment */
  constructor(private lastWord: () => ProblemException) {}

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

const READ_LATE = 'Hệ thống chưa trả lời kịp. Đồng chí vui lòng thử lại sau giây lát.';

/**
 * Every request gets an answer in time, however silent PostgreSQL or a lock may be: a read that it should be
 * asked for again, a write that it may have been done. Counted from the end of the body, because a slow line
 * is no fault of ours; a route that knows more says so through `request.deadline`. Not Fastify's
 * `handlerTimeout`: that one counts the upload and cannot ask whether anything was written.
 */
export function useDeadlines(fastify: FastifyInstance, answerWithinMs: number): void {
  fastify.addHook('preValidation', (request, reply, done) => {
    const reads = request.method === 'GET' || request.method === 'HEAD';
    const deadline = new Deadline(reads ? readLate : writeLate);
    (request as DueRequest).deadline = deadline;
    const timer = setTimeout(() => {
      // A stream of events took the connection over; a client that left needs no answer.
      if (reply.sent || reply.raw.destroyed) return;
      writeProblem(request, reply, deadline.pass());
    }, answerWithinMs);
    reply.raw.once('close', () => {
      clearTimeout(timer);
    });
    done();
  });
}

function readLate(): ProblemException {
  return new ProblemException('server.busy', { retryAfter: 2, detail: READ_LATE });
}

function writeLate(): ProblemException {
  return new ProblemException('server.unconfirmed', { retryAfter: 2 });
}
