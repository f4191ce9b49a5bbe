import type { INestApplication } from '@nestjs/common';
import type { ImportRowsView, ImportView } from '@mach/contracts';
import { loadConfig } from '@mach/runtime';
import { startAggregator } from '../../../apps/aggregator/src/start';
import { eventually } from '../../support/eventually';
import { testServers } from '../../support/servers';
import { RunningGateway, type Answer } from '../gateway/running-gateway';
import { PERIOD, REQUIREMENT } from '../gateway/small-city';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The gateway and the aggregator on the small city. */
export class RunningCity {
  private aggregator: INestApplication | null = null;

  private constructor(readonly gateway: RunningGateway) {}

  static async start(): Promise<RunningCity> {
    const city = new RunningCity(await RunningGateway.start());
    await city.startAggregator();
    return city;
  }

  async startAggregator(): Promise<void> {
    const config = loadConfig(
      {
        DATABASE_URL: this.gateway.database.url,
        REDIS_URL: testServers().redisUrl,
        MACH_QUEUE_PREFIX: this.gateway.redis.prefix,
        MACH_HEALTH_PORT: '0',
        MACH_LOG_LEVEL: 'silent',
        MACH_CLOCK: 'settable',
      },
      'aggregator',
    );
    this.aggregator = await startAggregator(config);
  }

  async stopAggregator(): Promise<void> {
    await this.aggregator?.close();
    this.aggregator = null;
  }

  app(): INestApplication {
    if (this.aggregator === null) throw new Error('the aggregator is stopped');
    return this.aggregator;
  }

  async stop(): Promise<void> {
    await this.stopAggregator();
    await this.gateway.stop();
  }

  /** Hands a table in; `type` by what it is. */
  async handIn(
    username: string,
    body: string | Buffer,
    type = typeof body === 'string' ? 'text/csv' : XLSX,
    query: Readonly<Record<string, string>> = {},
  ): Promise<Answer<ImportView>> {
    const asked = {
      requirement: REQUIREMENT,
      period: PERIOD,
      ...(type === XLSX ? {} : { formVersion: '1' }),
      ...query,
    };
    const response = await fetch(
      `${this.gateway.url}/api/v1/imports?${new URLSearchParams(asked).toString()}`,
      {
        method: 'POST',
        headers: { 'content-type': type, authorization: `Bearer ${await this.gateway.tokenOf(username)}` },
        body: typeof body === 'string' ? body : new Uint8Array(body),
      },
    );
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: JSON.parse(text) as ImportView };
  }

  async view(id: string, username = 'w1'): Promise<ImportView> {
    return (await this.gateway.as<ImportView>(username, 'GET', `/api/v1/imports/${id}`)).body;
  }

  async rows(id: string, query = '', username = 'w1'): Promise<ImportRowsView> {
    return (await this.gateway.as<ImportRowsView>(username, 'GET', `/api/v1/imports/${id}/rows${query}`))
      .body;
  }

  /** The import when its dry run is over. */
  async dryRun(username: string, body: string | Buffer, type?: string): Promise<ImportView> {
    const { body: view } = await this.handIn(username, body, type);
    return this.inState(view.id, ['ready', 'refused']);
  }

  async apply(id: string, username = 'w1'): Promise<Answer<ImportView>> {
    return this.gateway.as<ImportView>(username, 'POST', `/api/v1/imports/${id}/apply`);
  }

  /** The import when all of it is sent and decided. */
  async applied(id: string): Promise<ImportView> {
    await this.apply(id);
    await this.inState(id, ['applied']);
    return this.until(id, ({ counts }) => counts.outcomes.received === 0);
  }

  /** Until a report is decided. */
  async decided(receiptNumber: string): Promise<void> {
    await eventually(async () => {
      const rows = await this.gateway.database.dataSource.query<unknown[]>(
        `select 1 from submission where receipt_number = $1 and state <> 'received'`,
        [receiptNumber],
      );
      return rows.length > 0;
    }, 20_000);
  }

  inState(id: string, states: readonly string[]): Promise<ImportView> {
    return this.inStateSeenBy(id, states, 'w1');
  }

  inStateSeenBy(id: string, states: readonly string[], username: string): Promise<ImportView> {
    return this.until(id, ({ state }) => states.includes(state), username);
  }

  private async until(
    id: string,
    holds: (view: ImportView) => boolean,
    username = 'w1',
  ): Promise<ImportView> {
    let view = await this.view(id, username);
    await eventually(async () => {
      view = await this.view(id, username);
      return holds(view);
    }, 20_000);
    return view;
  }
}
