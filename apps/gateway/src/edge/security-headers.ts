import helmet from 'helmet';
import type { FastifyInstance } from 'fastify';

/**
 * What an answer that is data needs: it is no page, nobody keeps it, frames it or guesses its type. Constant,
 * because the intake is hot.
 */
const DATA_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
} as const;

/**
 * Security headers for every answer: helmet's for the pages, a few constant ones for the API. The web
 * application loads everything from here; Ant Design writes its styles into the page, hence `unsafe-inline`
 * for styles only. Transport security is asked for only when people reach us over https.
 */
export function useSecurityHeaders(fastify: FastifyInstance, publicUrl: string): void {
  const https = publicUrl.startsWith('https:');
  const hsts = https ? 'max-age=15552000; includeSubDomains' : null;
  // Without its plugin for Fastify, which makes promises and functions for every request, of the API too.
  const pageHeaders = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(https ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: https ? { maxAge: 15_552_000 } : false,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!request.url.startsWith('/api/')) {
      pageHeaders(request.raw, reply.raw, (error) => {
        done(error instanceof Error ? error : undefined);
      });
      return;
    }
    void reply.headers(DATA_HEADERS);
    if (hsts !== null) void reply.header('strict-transport-security', hsts);
    done();
  });
}
