import { ConfigError, loadConfig, type ServiceName } from './mach-config';

const sound: NodeJS.ProcessEnv = {
  DATABASE_URL: 'postgres://mach:secret@127.0.0.1:5432/mach',
  REDIS_URL: 'redis://127.0.0.1:6379',
  MACH_CONTACT_KEY: Buffer.alloc(32, 7).toString('base64'),
};

const faultsOf = (env: NodeJS.ProcessEnv, service?: ServiceName): readonly string[] => {
  try {
    loadConfig(env, service);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults.map((fault) => fault.variable);
    throw error;
  }
};

describe('loadConfig', () => {
  it('needs only the two servers and the key', () => {
    expect(loadConfig(sound)).toMatchObject({
      databasePoolSize: 10,
      queuePrefix: 'mach',
      httpHost: '127.0.0.1',
      httpPort: 3000,
      publicUrl: 'http://localhost:3000',
      clock: 'system',
      clockStart: null,
      logLevel: 'info',
    });
    expect(loadConfig(sound).contactKey).toEqual(Buffer.alloc(32, 7));
  });

  it('counts an empty variable as absent', () => {
    expect(faultsOf({ ...sound, REDIS_URL: '  ' })).toEqual(['REDIS_URL']);
    expect(loadConfig({ ...sound, MACH_PORT: '' }).httpPort).toBe(3000);
  });

  it('names every faulty variable at once, and repeats no value', () => {
    const env = {
      DATABASE_URL: 'mysql://root:hunter2@db/mach',
      REDIS_URL: 'localhost:6379',
      MACH_CONTACT_KEY: 'c2hvcnQ=',
      MACH_PORT: '70000',
      MACH_DB_POOL: 'ten',
      MACH_CLOCK: 'stopped',
      MACH_CLOCK_START: 'yesterday',
      MACH_LOG_LEVEL: 'loud',
      MACH_QUEUE_PREFIX: 'a:b',
      MACH_PUBLIC_URL: 'mach.example',
    };
    expect([...faultsOf(env)].sort()).toEqual(Object.keys(env).sort());
    expect(() => loadConfig(env)).toThrow(/DATABASE_URL must be an address beginning with postgres:\/\//);
    expect(() => loadConfig(env)).not.toThrow(/hunter2/);
  });

  it.each(['0x50', '3e3', '-1', '1.5', ' ', '99999999999999999999', 'NaN'])(
    'reads no port from %j',
    (port) => {
      expect(
        port.trim() === ''
          ? loadConfig({ ...sound, MACH_PORT: port }).httpPort
          : faultsOf({ ...sound, MACH_PORT: port }),
      ).toEqual(port.trim() === '' ? 3000 : ['MACH_PORT']);
    },
  );

  it('asks only the notifier where mail and SMS go', () => {
    expect(faultsOf(sound)).toEqual([]);
    expect(faultsOf(sound, 'notifier')).toEqual(['SMTP_URL', 'SMPP_URL']);
    const told = { ...sound, SMTP_URL: 'smtp://127.0.0.1:2525', SMPP_URL: 'smpp://mach:mach@127.0.0.1:2775' };
    expect(loadConfig(told, 'notifier')).toMatchObject({ smtpUrl: told.SMTP_URL, smppUrl: told.SMPP_URL });
  });

  it('asks everyone but the aggregator for the key to contacts', () => {
    const without = { ...sound, MACH_CONTACT_KEY: '' };
    expect(faultsOf(without, 'aggregator')).toEqual([]);
    for (const whom of ['gateway', undefined] as const)
      expect(faultsOf(without, whom)).toEqual(['MACH_CONTACT_KEY']);
    expect(faultsOf(without, 'notifier')).toContain('MACH_CONTACT_KEY');
  });

  it('takes the slash off the public address', () => {
    expect(loadConfig({ ...sound, MACH_PUBLIC_URL: 'https://mach.example/' }).publicUrl).toBe(
      'https://mach.example',
    );
  });

  it('believes only the proxies it is told of, those of this machine unless told otherwise', () => {
    const read = (text: string) => loadConfig({ ...sound, MACH_TRUSTED_PROXIES: text }).trustedProxies;
    expect(loadConfig(sound).trustedProxies).toEqual(['loopback']);
    expect(read('none')).toEqual([]);
    expect(read('10.0.0.7, 10.1.0.0/16,2001:db8::/32')).toEqual(['10.0.0.7', '10.1.0.0/16', '2001:db8::/32']);
    for (const wrong of [
      'everything',
      '10.0.0.0/33',
      '10.0.0.0/8/8',
      '10.0.0',
      '*',
      '10.0.0.1,',
      '10.0.0.0/',
    ])
      expect(faultsOf({ ...sound, MACH_TRUSTED_PROXIES: wrong })).toEqual(['MACH_TRUSTED_PROXIES']);
  });
});
