import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

/** Answers of some length are compressed. Those to a POST are short, and the intake is hot: nobody looks at them. */
export async function useCompression(app: NestFastifyApplication): Promise<void> {
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  fastify.addHook('onRoute', (route) => {
    if (route.method === 'POST') route.compress = false;
  });
  await app.register(compress, {
    threshold: 1_024,
    encodings: ['br', 'gzip'],
    // The default quality of Brotli is meant for files compressed once.
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  });
}
