import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { connect, migrate } from '@mach/persistence';
import { serviceUrl, testServers } from '../support/servers';
import { costOf, hotStatements } from './hot-statements';
import { plantYears } from './plant-years';

const DATABASE = 'mach_growth';

/** `npm run growth`: plants years of months and prints what each hot statement costs, at one month and at all. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      cells: { type: 'string', default: '10002' },
      communes: { type: 'string', default: '114' },
      periods: { type: 'string', default: '36' },
    },
  });
  const city = { cells: Number(values.cells), communes: Number(values.communes) };
  const periods = Number(values.periods);
  const young = await costsAt({ ...city, periods: 1 });
  const old = await costsAt({ ...city, periods });
  const lines = [...old].map(([what, cost]) => {
    const before = young.get(what);
    return `| ${what} | ${String(before?.buffers ?? '')} | ${String(cost.buffers)} | ${(before?.ms ?? 0).toFixed(1)} | ${cost.ms.toFixed(1)} |`;
  });
  process.stdout.write(
    [
      `${String(city.cells)} cells; pages read and ms in PostgreSQL, at 1 month and at ${String(periods)}`,
      '',
      '| what | pages, 1 month | pages, all | ms, 1 month | ms, all |',
      '| --- | --- | --- | --- | --- |',
      ...lines,
      '',
    ].join('\n'),
  );
}

async function costsAt(
  years: Parameters<typeof plantYears>[1],
): Promise<ReadonlyMap<string, { buffers: number; ms: number }>> {
  const server = new Client({ connectionString: testServers().databaseUrl });
  await server.connect();
  await server.query(`drop database if exists ${DATABASE} with (force)`);
  await server.query(`create database ${DATABASE}`);
  try {
    const url = new URL(testServers().databaseUrl);
    url.pathname = `/${DATABASE}`;
    await migrate(url.toString(), serviceUrl(url.toString()));
    const owner = new Client({ connectionString: url.toString() });
    await owner.connect();
    await plantYears(owner, years);
    await owner.end();
    const dataSource = await connect({
      url: serviceUrl(url.toString()),
      poolSize: 2,
      applicationName: 'mach-growth',
      work: 'preparing',
    });
    const costs = new Map<string, { buffers: number; ms: number }>();
    for (const [what, work] of Object.entries(hotStatements(dataSource, years.periods)))
      costs.set(what, await costOf(dataSource, work));
    await dataSource.destroy();
    return costs;
  } finally {
    await server.query(`drop database if exists ${DATABASE} with (force)`);
    await server.end();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
