import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { pointerTo } from '@mach/domain';
import { ProblemException } from '../problems/problem.exception';

/** Largest body taken: a report of 500 figures with both narratives fits many times. */
export const BODY_LIMIT = 256 * 1024;

/** A request whose body was JSON: its bytes as they came, for telling a replay from a changed report. */
export type JsonRequest = FastifyRequest & { rawBody?: Buffer };

/** PostgreSQL stores neither U+0000 nor half a surrogate pair; both can only come in as escapes. */
const SUSPICIOUS = /\\u(?:0000|[dD][89a-fA-F])/;
const HALF_A_PAIR = /\p{Surrogate}/u;

/**
 * JSON is the only content type. `__proto__` and `constructor.prototype` are refused by Fastify's own parser,
 * text that cannot be stored is refused here with its place, so that no route has to think of either.
 */
export function useJsonBodies(app: NestFastifyApplication): void {
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  fastify.removeContentTypeParser('text/plain');
  const parse = fastify.getDefaultJsonParser('error', 'error');
  app.useBodyParser(
    'application/json',
    { bodyLimit: BODY_LIMIT },
    (request: FastifyRequest, body: Buffer, done) => {
      const text = body.toString('utf8');
      (request as JsonRequest).rawBody = body;
      void parse(request, text, (error, value: unknown) => {
        if (error !== null) done(malformed(error), undefined);
        else done(SUSPICIOUS.test(text) ? unstorableText(value) : null, value);
      });
    },
  );
}

function malformed(error: Error): ProblemException {
  const poisoned = error.message.includes('forbidden prototype');
  return poisoned
    ? new ProblemException('request.malformedJson', {
        detail: 'Nội dung có tên mục không được phép (__proto__ hoặc constructor.prototype).',
      })
    : new ProblemException('request.malformedJson');
}

function unstorableText(value: unknown): ProblemException | null {
  const pointer = findUnstorable(value, '');
  if (pointer === null) return null;
  const message = 'Mục này có ký tự hỏng không lưu được. Đề nghị xoá ký tự đó hoặc gõ lại.';
  return new ProblemException('request.invalid', {
    errors: [{ pointer, code: 'request.unreadableText', message }],
  });
}

function findUnstorable(value: unknown, pointer: string): string | null {
  if (typeof value === 'string') return isUnstorable(value) ? pointer : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, inner] of Object.entries(value)) {
    if (isUnstorable(name)) return pointer;
    const found = findUnstorable(inner, pointerTo(pointer, name));
    if (found !== null) return found;
  }
  return null;
}

function isUnstorable(text: string): boolean {
  return text.includes('\u0000') || HALF_A_PAIR.test(text);
}
