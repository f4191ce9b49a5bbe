import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { Registry } from 'prom-client';
import { ReadyChecks } from './ready-checks';

/**
 * `/health/live`, `/health/ready` and `/metrics`, put straight on Fastify: outside the API's prefix, its
 * guards and its problem format, because they are for the machine that runs us.
 */
@Injectable()
export class HealthRoutes implements OnModuleInit {
  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly checks: ReadyChecks,
    private readonly registry: Registry,
  ) {}

  onModuleInit(): void {
    const fastify = this.adapterHost.httpAdapter.getInstance<FastifyInstance>();
    fastify.get('/health/live', async (_request, reply) => reply.send({ live: true }));
    fastify.get('/health/ready', async (_request, reply) => {
      const readiness = await this.checks.run();
      return reply.status(readiness.ready ? 200 : 503).send(readiness);
    });
    fastify.get('/metrics', async (_request, reply) =>
      reply.type(this.registry.contentType).send(await this.registry.metrics()),
    );
  }
}
