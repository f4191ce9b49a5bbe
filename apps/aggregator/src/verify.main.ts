import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { connect, Transactions, Verifier } from '@mach/persistence';
import { askDatabase } from '@mach/runtime';
import { verificationLines } from './verification/verification-lines';

/*
 * Works every stored figure out again from the reports and compares, once:
 *   node verify.main.js [--requirement CODE] [--period KEY]
 * Exit code 0: equal; 1: something differs, printed with where it comes from; 2: it could not be done.
 */
async function ask(databaseUrl: string): Promise<number> {
  const { values } = parseArgs({
    options: { requirement: { type: 'string' }, period: { type: 'string' } },
  });
  const dataSource = await connect({
    url: databaseUrl,
    poolSize: 2,
    applicationName: 'mach-verify',
    work: 'verifying',
  });
  try {
    const result = await new Verifier(dataSource, new Transactions(dataSource)).verify(values);
    for (const line of verificationLines(result)) process.stdout.write(`${line}\n`);
    return result.differences === 0 ? 0 : 1;
  } finally {
    await dataSource.destroy();
  }
}

void askDatabase('verify', ask);
