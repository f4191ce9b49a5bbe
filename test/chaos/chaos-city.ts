import { Client } from 'pg';
import { CuttableProxy } from '../support/cuttable-proxy';
import { serviceUrl } from '../support/servers';
import { freePort, runToEnd, ServiceProcess } from '../support/system/processes';
import { balance } from './balancer';
import { OwnServers } from './own-servers';

const LOOPBACK = '127.0.0.1';
const SERVICES = ['gateway', 'aggregator', 'notifier'] as const;
export type Service = (typeof SERVICES)[number];

/** Everything that can be cut, frozen, killed, filled: two of each service, the servers, and the ways between them. */
export class ChaosCity {
  private constructor(
    readonly url: string,
    readonly catcherUrl: string,
    readonly servers: OwnServers,
    readonly services: Readonly<Record<Service, readonly [ServiceProcess, ServiceProcess]>>,
    readonly catcher: ServiceProcess,
    /** What the services reach PostgreSQL and the providers through; the harness itself goes past it. */
    readonly ways: {
      readonly postgres: CuttableProxy;
      readonly mail: CuttableProxy;
      readonly sms: CuttableProxy;
    },
    private readonly gatewayHealth: readonly string[],
    private readonly closeBalancer: () => void,
  ) {}

  static async start(): Promise<ChaosCity> {
    const servers = await OwnServers.start();
    const ports = { page: await freePort(), smtp: await freePort(), smpp: await freePort() };
    const ways = {
      postgres: new CuttableProxy({ host: LOOPBACK, port: servers.postgres.port }),
      mail: new CuttableProxy({ host: LOOPBACK, port: ports.smtp }),
      sms: new CuttableProxy({ host: LOOPBACK, port: ports.smpp }),
    };
    const gatewayPorts = [await freePort(), await freePort()];
    const balancer = await balance(gatewayPorts);
    const direct = new URL(servers.postgres.url);
    const through = new URL(direct);
    through.port = String(await ways.postgres.mend());
    const env = {
      DATABASE_URL: serviceUrl(through.toString()),
      REDIS_URL: servers.redis.url,
      MACH_HOST: LOOPBACK,
      MACH_PUBLIC_URL: balancer.url,
      MACH_WEB_ROOT: 'dist/apps/web',
      MACH_FILES_DIR: '.mach/chaos/files',
      MACH_CLOCK: 'settable',
      MACH_CLOCK_START: '2026-11-14T09:00:00+07:00',
      MACH_CONTACT_KEY: Buffer.alloc(32, 7).toString('base64'),
      SMTP_URL: `smtp://${LOOPBACK}:${String(await ways.mail.mend())}`,
      SMPP_URL: `smpp://mach:mach@${LOOPBACK}:${String(await ways.sms.mend())}`,
      MACH_LOG_LEVEL: 'warn',
      NODE_OPTIONS: '--max-old-space-size=200',
      MALLOC_ARENA_MAX: '2',
    };
    await runToEnd('dist/setup.js', ['--seed-demo'], {
      ...env,
      DATABASE_URL: serviceUrl(direct.toString()),
      MACH_MIGRATION_DATABASE_URL: direct.toString(),
    });
    const health: Record<Service, string[]> = { gateway: [], aggregator: [], notifier: [] };
    const pair = async (service: Service): Promise<[ServiceProcess, ServiceProcess]> => {
      const one = async (index: number): Promise<ServiceProcess> => {
        const healthPort = String(await freePort());
        const readyUrl = `http://${LOOPBACK}:${healthPort}/health/ready`;
        health[service].push(readyUrl);
        const port = service === 'gateway' ? { MACH_PORT: String(gatewayPorts[index]) } : {};
        return new ServiceProcess(
          `chaos-${service}-${String(index + 1)}`,
          `${service}.js`,
          { ...env, ...port, MACH_HEALTH_PORT: healthPort },
          readyUrl,
        );
      };
      return [await one(0), await one(1)];
    };
    const catcher = new ServiceProcess(
      'chaos-catcher',
      'test/catcher/main.js',
      {
        CATCHER_HTTP_PORT: String(ports.page),
        CATCHER_SMTP_PORT: String(ports.smtp),
        CATCHER_SMPP_PORT: String(ports.smpp),
      },
      `http://${LOOPBACK}:${String(ports.page)}/messages`,
    );
    const services = {
      gateway: await pair('gateway'),
      aggregator: await pair('aggregator'),
      notifier: await pair('notifier'),
    };
    const city = new ChaosCity(
      balancer.url,
      `http://${LOOPBACK}:${String(ports.page)}`,
      servers,
      services,
      catcher,
      ways,
      health.gateway,
      () => {
        balancer.close();
      },
    );
    try {
      await Promise.all([catcher, ...city.all].map((service) => service.start()));
      return city;
    } catch (error) {
      await city.stop();
      throw error;
    }
  }

  get all(): readonly ServiceProcess[] {
    return SERVICES.flatMap((service) => this.services[service]);
  }

  /** Whether every gateway says that it can take reports in. */
  async gatewaysReady(): Promise<boolean> {
    const answers = await Promise.all(
      this.gatewayHealth.map((url) => fetch(url, { signal: AbortSignal.timeout(1_000) }).catch(() => null)),
    );
    return answers.every((answer) => answer?.ok === true);
  }

  /** A connection of the harness's own, past everything it may break; null while PostgreSQL is away. */
  async connect(): Promise<Client | null> {
    const client = new Client({
      connectionString: this.servers.postgres.url,
      connectionTimeoutMillis: 1_000,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch {
      return null;
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.all.map((service) => service.stop()));
    await this.catcher.stop();
    this.closeBalancer();
    for (const way of Object.values(this.ways)) await way.cut();
    await this.servers.stop();
  }
}
