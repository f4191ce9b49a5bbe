/** Addresses of the real servers that medium tests run against. */
export interface TestServers {
  /** A PostgreSQL whose user may create databases. */
  readonly databaseUrl: string;
  readonly redisUrl: string;
}

/**
 * Reads them from the environment, here and nowhere else; `npm test` starts both servers and sets the
 * variables.
 */
export function testServers(): TestServers {
  return {
    databaseUrl: variable('DATABASE_URL', 'a PostgreSQL'),
    redisUrl: variable('REDIS_URL', 'a Redis'),
  };
}

function variable(name: string, what: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new Error(
      `This test needs ${what}: set ${name} to its address, or run "npm test", which starts one.`,
    );
  }
  return value;
}
