import { loadConfig, type MachConfig } from './config/mach-config';

/**
 * A process that does one thing and ends: reads the configuration from the environment, works, and answers a
 * failure with one line and exit code 1.
 */
export async function runOnce(name: string, work: (config: MachConfig) => Promise<void>): Promise<void> {
  try {
    await work(loadConfig(process.env));
  } catch (error) {
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
