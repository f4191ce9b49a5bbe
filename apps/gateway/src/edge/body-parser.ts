import { isUtf8 } from 'node:buffer';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isFileBody } from './file-body.decorator';
import { ProblemException } from '../problems/problem.exception';

import { findUnplain, unplainText } from '../problems/unplain-text';
import { isStreamed } from './body-limit.decorator';
import { shapeFault, type ShapeFault } from './json-shape';

/** A request whose body was JSON: its bytes as they came, for telling a replay from a changed report. */
export type JsonRequest = FastifyRequest & { rawBody?: Buffer };

/**
 * Whether a text of the body may be no plain line: an escape that is neither quote, slash nor backslash, or a
 * character that stands for itself. Cheap, and then the place is looked for.
 */
const SUSPICIOUS = /\\[bfnrtu]|[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]+)/i;

/**
 * JSON in UTF-8 is the only content, but for the bytes of files on routes that read them as they come. What every route would have to think of is refused here: bytes that are
 * no UTF-8, `__proto__` and `constructor.prototype` (by Fastify's own parser), names given twice, nesting and
 * names without end, and text that is no plain line, but for a report's prose, which the domain judges.
 */
export function useJsonBodies(app: NestFastifyApplication): void {
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  fastify.removeContentTypeParser('text/plain');
  fastify.addContentTypeParser('application/octet-stream', (request, body, done) => {
    if (isStreamed(request)) done(null, body);
    else done(new ProblemException('request.unsupportedMediaType'), undefined);
  });
  const parse = fastify.getDefaultJsonParser('error', 'error');
  app.useBodyParser('application/json', {}, (request: FastifyRequest, body: Buffer, done) => {
    if (isFileBody(request)) {
      done(null, body);
      return;
    }
    (request as JsonRequest).rawBody = body;
    if (!isCharsetUtf8(request.headers['content-type'])) {
      done(new ProblemException('request.unsupportedMediaType', { detail: NOT_UTF8 }), undefined);
      return;
    }
    if (!isUtf8(body)) {
      done(new ProblemException('request.malformedJson', { detail: NOT_UTF8 }), undefined);
      return;
    }
    const text = body.toString('utf8');
    void parse(request, text, (error, value: unknown) => {
      if (error !== null) done(new ProblemException('request.malformedJson'), undefined);
      else done(refused(text, value), value);
    });
  });
}

const NOT_UTF8 = 'Nội dung phải được gửi bằng bảng mã UTF-8.';

const SHAPE_DETAILS: Readonly<Record<ShapeFault, string>> = {
  tooDeep: 'Nội dung có quá nhiều lớp lồng nhau (nhiều hơn 32 lớp).',
  tooManyNames: 'Nội dung có quá nhiều mục (nhiều hơn 10.000 mục).',
  nameTwice: 'Nội dung có một mục được ghi hai lần trong cùng một đối tượng.',
};

function isCharsetUtf8(contentType: string | undefined): boolean {
  if (contentType === undefined || contentType === 'application/json') return true;
  const charset = CHARSET.exec(contentType)?.[1]?.toLowerCase();
  return charset === undefined || charset === 'utf-8' || charset === 'utf8';
}

function refused(text: string, value: unknown): ProblemException | null {
  const fault = shapeFault(text, value);
  if (fault !== null) return new ProblemException('request.malformedJson', { detail: SHAPE_DETAILS[fault] });
  const pointer = SUSPICIOUS.test(text) ? findUnplain(value, '') : null;
  return pointer === null ? null : unplainText(pointer);
}
