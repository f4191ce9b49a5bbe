import { once } from 'node:events';
import { Server } from 'node:net';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ProblemException } from '../problems/problem.exception';
import { writeProblem } from '../problems/write-problem';
import { isStreamed } from './body-limit.decorator';
import { Deadline, type DueRequest } from './deadline';
import type { EdgeLimits } from './edge-limits';

interface InHand {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Of its body, as long as that is not complete. */
  unfinishedBytes: number;
  /** Null until the body is complete. */
  due: { readonly deadline: Deadline; readonly timer: NodeJS.Timeout } | null;
}

type KnownRequest = FastifyRequest & { inHand: InHand | null };

type Limits = Pick<EdgeLimits, 'answerWithinMs' | 'unfinishedBytes' | 'lastRequestsMs' | 'lastAnswersMs'>;

/**
 * Every request from its headers to the end of its answer. From the end of its body it has a deadline, however
 * silent PostgreSQL or a lock may be; counted from there, because a slow line is no fault of ours. Bodies that
 * are not complete hold a bounded number of bytes; those that a route reads piece by piece hold none. When the gateway stops, all of them are answered (ADR 0011).
 */
export class RequestsInHand {
  /** In the order in which they came. */
  private readonly all = new Set<InHand>();
  private unfinishedBytes = 0;
  private whenNone: (() => void) | null = null;

  constructor(private readonly limits: Limits) {}

  useOn(fastify: FastifyInstance): void {
    fastify.decorateRequest('inHand', null);
    fastify.addHook('onRequest', (request, reply, done) => {
      const one: InHand = { request, reply, unfinishedBytes: 0, due: null };
      (request as KnownRequest).inHand = one;
      this.all.add(one);
      reply.raw.once('close', () => {
        this.leave(one);
      });
      done();
    });
    fastify.addHook('preParsing', (request, _reply, payload, done) => {
      const one = (request as KnownRequest).inHand;
      const { headers } = request;
      const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
      if (one !== null && hasBody && !isStreamed(request)) {
        payload.on('data', (piece: Buffer) => {
          this.grow(one, piece.length);
        });
      }
      done(null, payload);
    });
    fastify.addHook('preValidation', (request, _reply, done) => {
      const one = (request as KnownRequest).inHand;
      if (one !== null) {
        if (isStreamed(request) && !request.raw.complete)
          request.raw.once('end', () => {
            this.complete(one);
          });
        else this.complete(one);
      }
      done();
    });
    fastify.addHook('preClose', () => this.answerAll(fastify.server));
  }

  private grow(one: InHand, bytes: number): void {
    // What comes after a refusal is thrown away, not kept.
    if (one.due !== null || one.reply.sent) return;
    one.unfinishedBytes += bytes;
    this.unfinishedBytes += bytes;
    for (const oldest of this.all) {
      if (this.unfinishedBytes <= this.limits.unfinishedBytes) return;
      if (oldest.unfinishedBytes > 0) this.refuseSlow(oldest);
    }
  }

  /** The oldest, because an honest body is complete within moments. */
  private refuseSlow(one: InHand): void {
    this.forgetBytes(one);
    void one.reply.header('connection', 'close');
    writeProblem(one.request, one.reply, new ProblemException('request.tooSlow'));
  }

  private complete(one: InHand): void {
    this.forgetBytes(one);
    if (one.reply.sent) return;
    const deadline = Deadline.of(one.request);
    (one.request as DueRequest).deadline = deadline;
    const timer = setTimeout(() => {
      this.answerLate(one);
    }, this.limits.answerWithinMs);
    one.due = { deadline, timer };
  }

  private answerLate({ request, reply, due }: InHand): void {
    // A stream of events took the connection over; a client that left needs no answer; a file is on its way for as long
    // as its reader's line takes (`sent` says only that an answer has ended).
    if (due === null || reply.sent || reply.raw.headersSent || reply.raw.destroyed) return;
    writeProblem(request, reply, due.deadline.pass());
  }

  private leave(one: InHand): void {
    this.forgetBytes(one);
    if (one.due !== null) clearTimeout(one.due.timer);
    this.all.delete(one);
    if (this.all.size === 0) this.whenNone?.();
  }

  private forgetBytes(one: InHand): void {
    this.unfinishedBytes -= one.unfinishedBytes;
    one.unfinishedBytes = 0;
  }

  /**
   * At a stop, before connections are cut: nobody new is let in, everything in hand is answered, and every
   * answer says that its connection closes (Fastify says it for requests that come from now on). A kept
   * connection may be carrying a request at this very moment, so it is given time to bring it; one that is
   * silent to the end is closed right after its socket was read empty.
   */
  private async answerAll(server: Server): Promise<void> {
    const gone = once(server, 'close');
    // Not the close of `http`: that one cuts idle connections at once, with the request they may be carrying.
    Server.prototype.close.call(server);
    for (const { reply } of this.all) if (!reply.sent) void reply.header('connection', 'close');
    const end = new AbortController();
    const after = (ms: number): Promise<unknown> =>
      delay(ms, undefined, { signal: end.signal }).catch(() => undefined);
    const timeIsUp = after(this.limits.lastAnswersMs).then(() => {
      for (const one of this.all) this.answerLate(one);
      end.abort();
    });
    await Promise.race([gone, after(this.limits.lastRequestsMs)]);
    do {
      await Promise.race([this.none(), timeIsUp]);
      // Whatever has arrived meanwhile is read in this turn.
      await nextTurn();
    } while (this.all.size > 0 && !end.signal.aborted);
    end.abort();
  }

  private none(): Promise<void> {
    if (this.all.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.whenNone = resolve;
    });
  }
}
