import { Catch, Logger } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOf } from './problem-of-error';

export const PROBLEM_JSON = 'application/problem+json; charset=utf-8';

/** Writes everything that is thrown while answering a request, Fastify's own errors included, as RFC 9457 problem JSON. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = problemOf(error);
    if (problem.status >= 500) this.logger.error({ err: error, method: request.method, path: pathOf(request.url) }, problem.code);
    if (reply.sent) return;
    if (problem.extra.retryAfter !== undefined) void reply.header('retry-after', String(problem.extra.retryAfter));
    void reply
      .code(problem.status)
      .header('content-type', PROBLEM_JSON)
      .header('cache-control', 'no-store')
      .send(JSON.stringify(problem.toDetails(pathOf(request.url))));
  }
}

function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}
