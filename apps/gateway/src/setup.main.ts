import 'reflect-metadata';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { runOnce, type MachConfig } from '@mach/runtime';
import { setUp } from './setup/set-up';

/*
 * Run once before the services start, as often as one likes:
 *   node setup.main.js                          tables and calendar
 *   node setup.main.js --seed-demo              and, in an empty database, the demonstration
 *   node setup.main.js --seed-demo --history 24 and 24 months of plausible reports before it, a minute or two
 *   node setup.main.js --administrator quantri  and, in an empty database, the city and its first administrator; the password is the first line of standard input
 */
async function main(config: MachConfig): Promise<void> {
  const { values } = parseArgs({
    options: {
      'seed-demo': { type: 'boolean', default: false },
      history: { type: 'string', default: '0' },
      administrator: { type: 'string' },
    },
  });
  const username = values.administrator;
  await setUp(config, {
    seedDemo: values['seed-demo'],
    history: Number(values.history),
    administrator: username === undefined ? null : { username, password: await firstLine() },
    say: (line) => {
      process.stdout.write(`${line}\n`);
    },
  });
}

async function firstLine(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) return line;
  return '';
}

void runOnce('setup', main);
