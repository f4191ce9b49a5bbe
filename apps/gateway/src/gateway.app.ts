import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { HintServer } from '@mach/messaging';
import { createApp, HealthServer, type MachConfig } from '@mach/runtime';
import { useBodyLimits } from './edge/body-limit.decorator';
import { useJsonBodies } from './edge/body-parser';
import { useCompression } from './edge/compression';
import { EDGE_LIMITS, type EdgeLimits } from './edge/edge-limits';
import { useFileBodies } from './edge/file-body.decorator';
import { usePlainAddresses } from './edge/plain-addresses';
import { RequestsInHand } from './edge/requests-in-hand';
import { useSameOriginWrites } from './edge/same-origin-writes';
import { useSecurityHeaders } from './edge/security-headers';
import { useWebApp } from './edge/web-app';
import { IMPORT_FILE_TYPES } from './imports/import-files';
import { GatewayModule } from './gateway.module';
import { problemOf } from './problems/problem-of-error';
import { writeClientError, writeProblem } from './problems/write-problem';

/** The gateway, ready and not yet listening. */
async function createGateway(config: MachConfig, limits: EdgeLimits): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    // Only these are believed when they say for whom they ask (X-Forwarded-For).
    trustProxy: [...config.trustedProxies],
    routerOptions: { maxParamLength: 300 },
    // At a stop everything is answered first (`RequestsInHand`), requests that still come included.
    return503OnClosing: false,
    forceCloseConnections: true,
    requestTimeout: limits.requestWithinMs,
    keepAliveTimeout: limits.keepAliveMs,
    http: { headersTimeout: limits.headersWithinMs, connectionsCheckingInterval: limits.lateCheckMs },
    // The two kinds of errors that never reach Nest: an address that cannot be decoded, and what is no HTTP.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      writeProblem(request, reply, problemOf(error));
    },
    clientErrorHandler: writeClientError,
  });
  const app = await createApp(GatewayModule.forRoot(config), adapter);
  app.setGlobalPrefix('api/v1');
  new RequestsInHand(limits).useOn(adapter.getInstance());
  usePlainAddresses(adapter.getInstance());
  useBodyLimits(adapter.getInstance());
  useJsonBodies(app);
  useSecurityHeaders(adapter.getInstance(), config.publicUrl);
  useFileBodies(adapter.getInstance(), IMPORT_FILE_TYPES);
  useSameOriginWrites(adapter.getInstance(), config.publicUrl);
  await useCompression(app);
  await useWebApp(app, config.webRoot);
  await app.init();
  return app;
}

/** Takes requests, and hints from the aggregator; a Redis that is away at start delays nobody. */
export async function startGateway(
  config: MachConfig,
  limits: EdgeLimits = EDGE_LIMITS,
): Promise<NestFastifyApplication> {
  const app = await createGateway(config, limits);
  app.connectMicroservice({ strategy: new HintServer(config.redisUrl) });
  await app.startAllMicroservices();
  await app.listen(config.httpPort, config.httpHost);
  await app.get(HealthServer).listen(config.healthPort, config.healthHost);
  return app;
}
