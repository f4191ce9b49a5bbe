import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from '../../support/system/processes';

interface Container {
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly mem_limit?: string;
  readonly pids_limit?: number;
  readonly restart?: string;
  readonly image?: string;
  readonly build?: object;
  readonly ports?: readonly string[];
  readonly healthcheck?: object;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

function containersOf(file: string): Map<string, Container> {
  const text = readFileSync(join(ROOT, 'docker', file), 'utf8');
  const { services } = parse(text, { merge: true }) as { services: Record<string, Container> };
  return new Map(Object.entries(services));
}

/** What the compose files promise, read without an engine. */
describe('compose.yaml', () => {
  const containers = containersOf('compose.yaml');
  const named = [...containers];

  it('runs what the system is made of', () => {
    expect([...containers.keys()].sort()).toEqual([
      'aggregator',
      'gateway',
      'notifier',
      'postgres',
      'setup',
      'valkey',
    ]);
  });

  it.each(named)('confines %s', (_name, container) => {
    expect(container).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      mem_limit: expect.stringMatching(/^\d+[mg]$/),
      pids_limit: expect.any(Number),
      restart: expect.any(String),
      image: expect.any(String),
    });
  });

  it('gives rights back only to the two servers, to become their own user', () => {
    const withRights = named.filter(([, { cap_add }]) => cap_add !== undefined).map(([name]) => name);
    expect(withRights).toEqual(['postgres', 'valkey']);
    for (const [, { cap_add = [] }] of named)
      for (const right of cap_add)
        expect(['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID']).toContain(right);
  });

  it('publishes one port, to this machine unless told otherwise', () => {
    const published = named.flatMap(([name, { ports = [] }]) => ports.map((port) => [name, port]));
    expect(published).toEqual([['gateway', '${MACH_BIND:-127.0.0.1}:3000:3000']]);
  });

  it.each([
    ['MACH_CONTACT_KEY', ['setup', 'gateway', 'notifier']],
    ['SMTP_URL', ['notifier']],
    ['SMPP_URL', ['notifier']],
    ['MACH_MAIL_FROM', ['notifier']],
    ['MACH_SMS_FROM', ['notifier']],
    ['MACH_MIGRATION_DATABASE_URL', ['setup']],
    ['MACH_ADMINISTRATOR_PASSWORD', ['setup']],
    ['POSTGRES_PASSWORD', ['postgres']],
  ])('gives %s only to whom it concerns', (variable, whom) => {
    const given = named.filter(([, { environment = {} }]) => variable in environment).map(([name]) => name);
    expect(given).toEqual(whom);
  });

  it('has a password before every server, from the environment and never a usual one', () => {
    for (const [, { environment = {} }] of named)
      for (const address of [
        environment['DATABASE_URL'],
        environment['REDIS_URL'],
        environment['MACH_MIGRATION_DATABASE_URL'],
      ])
        if (address !== undefined) expect(address).toMatch(/^\w+:\/\/\w*:\$\{\w+_PASSWORD:\?[^}]+\}@/);
    expect(containers.get('valkey')?.command?.join(' ')).toContain('--requirepass "$$REDISCLI_AUTH"');
  });

  it('has every long-lived server asked whether it is well', () => {
    for (const name of ['postgres', 'valkey'])
      expect(containers.get(name)?.healthcheck).toHaveProperty('test');
    expect(readFileSync(join(ROOT, 'docker', 'Dockerfile'), 'utf8')).toMatch(
      /^HEALTHCHECK .*\n.*\/health\/ready/m,
    );
  });
});

describe('compose.tls.yaml', () => {
  const containers = containersOf('compose.tls.yaml');

  it('covers every container', () => {
    expect([...containers.keys()].sort()).toEqual([...containersOf('compose.yaml').keys()].sort());
  });

  it.each(['setup', 'gateway', 'aggregator', 'notifier'])('lets %s speak over checked TLS only', (name) => {
    const { environment = {} } = containers.get(name) ?? {};
    for (const [variable, value] of Object.entries(environment))
      if (variable.endsWith('DATABASE_URL')) expect(value).toContain('sslmode=verify-full');
    expect(environment['REDIS_URL']).toMatch(/^rediss:/);
    expect(environment['NODE_EXTRA_CA_CERTS']).toBe('/run/tls/ca.crt');
  });

  it('keeps the passwords of the plain file', () => {
    const plain = containersOf('compose.yaml');
    for (const [name, { environment = {} }] of containers)
      for (const [variable, value] of Object.entries(environment)) {
        const before = plain.get(name)?.environment?.[variable];
        if (variable.endsWith('_URL') && before !== undefined)
          expect(/\/\/(.*)@/.exec(value)?.[1]).toBe(/\/\/(.*)@/.exec(before)?.[1]);
      }
  });
});
