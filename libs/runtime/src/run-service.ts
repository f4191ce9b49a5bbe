import type { DynamicModule, INestApplication, Type } from '@nestjs/common';
import { NestApplicationContextOptions } from '@nestjs/common/interfaces/nest-application-context-options.interface';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { ConfigError, loadConfig, type MachConfig, type ServiceName } from './config/mach-config';
import { ReadyChecks } from './health/ready-checks';
import { announcePortTaken, announceReady, whenAbandoned } from './supervisor-channel';

/** A stop that takes longer is cut: orchestrators kill after 5 s or more. */
const STOP_LIMIT_MS = 4_500;

/**
 * A Nest application on Fastify with our logger, not yet listening. Errors while it is built are thrown, not
 * swallowed.
 */
export async function createApp(
  module: Type | DynamicModule,
  adapter: FastifyAdapter = new FastifyAdapter(),
): Promise<NestFastifyApplication> {
  const options = Object.assign(new NestApplicationContextOptions(), {
    bufferLogs: true,
    // A failed start says one line of its own (`runService`), not Nest's story of how far it came.
    autoFlushLogs: false,
    abortOnError: false,
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, options);
  app.useLogger(app.get(Logger));
  app.flushLogs();
  return app;
}

/**
 * The whole life of a service process: reads the configuration from the environment, starts, and on SIGTERM
 * or SIGINT, or when the process that supervises it is gone, stops gracefully within five seconds. A failed
 * start prints one line and ends with exit code 1. `start` builds the application, lets it listen and answers it.
 */
export async function runService(
  service: ServiceName,
  start: (config: MachConfig) => Promise<INestApplication>,
): Promise<void> {
  let leave = (): void => process.exit(1);
  whenAbandoned(() => {
    leave();
  });
  try {
    const app = await start(loadConfig(process.env, service));
    leave = stopWhenAsked(app, service);
    await announceReady(app.get(ReadyChecks));
  } catch (error) {
    await announcePortTaken(error);
    process.stderr.write(`${service}: ${startFault(error)}\n`);
    process.exit(1);
  }
}

function startFault(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `could not start: ${text.replaceAll(/\s*\n\s*/g, ' | ')}`;
}

/** Stops on the signals of an orchestrator or a terminal; answers how to stop for another reason. */
function stopWhenAsked(app: INestApplication, service: ServiceName): () => void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    const cut = setTimeout(() => {
      process.stderr.write(`${service}: did not stop within ${String(STOP_LIMIT_MS)} ms, cut\n`);
      process.exit(1);
    }, STOP_LIMIT_MS);
    app.close().then(
      () => {
        clearTimeout(cut);
        process.exit(0);
      },
      (error: unknown) => {
        process.stderr.write(
          `${service}: ${error instanceof Error ? error.message : String(error)} while stopping\n`,
        );
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  return stop;
}
