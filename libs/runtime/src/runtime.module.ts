import { type DynamicModule, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { collectDefaultMetrics, register, Registry } from 'prom-client';
import type { MachConfig, ServiceName } from './config/mach-config';
import { HealthServer } from './health/health-server';
import { ReadyChecks } from './health/ready-checks';
import { loggingOf } from './logging/logging';
import { Clock, OffsetClock, SystemClock } from './time/clock';
import { IdGenerator, UuidGenerator } from './time/id-generator';

/** Injection token of the process's `MachConfig`. */
export const MACH_CONFIG = Symbol('MACH_CONFIG');

/** What every service needs to run: configuration, clock, ids, logger, metrics, health. Global. */
@Module({})
export class RuntimeModule {
  static forRoot(config: MachConfig, service: ServiceName): DynamicModule {
    return {
      module: RuntimeModule,
      global: true,
      // Requests are not logged one by one: at thousands a second they are what the metrics are for.
      imports: [
        LoggerModule.forRoot({
          forRoutes: [],
          pinoHttp: { ...loggingOf(config, service), autoLogging: false, wrapSerializers: false },
        }),
      ],
      providers: [
        { provide: MACH_CONFIG, useValue: config },
        {
          provide: Clock,
          useFactory: () => (config.clock === 'settable' ? new OffsetClock() : new SystemClock()),
        },
        { provide: IdGenerator, useClass: UuidGenerator },
        { provide: Registry, useFactory: () => metricsOf(service) },
        ReadyChecks,
        HealthServer,
      ],
      exports: [MACH_CONFIG, Clock, IdGenerator, Registry, ReadyChecks, HealthServer],
    };
  }
}

/**
 * prom-client's own registry, so that libraries may count without being handed one. Default metrics are
 * collected once a process.
 */
function metricsOf(service: ServiceName): Registry {
  if (register.getSingleMetric('process_cpu_user_seconds_total') === undefined)
    collectDefaultMetrics({ register });
  register.setDefaultLabels({ service });
  return register;
}
