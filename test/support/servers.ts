/** Addresses of the real servers that medium tests run against. */
export interface TestServers {
  /** A PostgreSQL whose user may create databases and users. */
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

/** A database as the services see it: with a user of their own, who owns nothing. `migrate` makes it. */
export function serviceUrl(ownerUrl: string): string {
  const url = new URL(ownerUrl);
  url.username = 'mach_test_service';
  url.password = 'mach_test_service';
  return url.toString();
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
