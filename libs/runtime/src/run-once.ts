import { databaseUrlOf, loadConfig, type MachConfig } from './config/mach-config';

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

/**
 * A process that asks the database alone (`DATABASE_URL`) and answers with its exit code: what `ask` says, 2 and one
 * line when it could not be asked.
 */
export async function askDatabase(
  name: string,
  ask: (databaseUrl: string) => Promise<number>,
): Promise<void> {
  try {
    process.exitCode = await ask(databaseUrlOf(process.env));
  } catch (error) {
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  }
}
