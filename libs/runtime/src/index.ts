export { loadConfig, type LogLevel, type MachConfig, type ServiceName } from './config/mach-config';
export { HealthServer } from './health/health-server';
export { ReadyChecks, type Readiness } from './health/ready-checks';
export { maskPersonalData } from './logging/mask';
export { runOnce } from './run-once';
export { createApp, runService } from './run-service';
export { MACH_CONFIG, RuntimeModule } from './runtime.module';
export { Clock, OffsetClock, SystemClock } from './time/clock';
export { IdGenerator, UuidGenerator } from './time/id-generator';
