import { get, type IncomingMessage } from 'node:http';
import { ClientProxyFactory, Transport, type ClientProxy } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import { figuresChanged, type FiguresChanged, type LiveBeat } from '@mach/contracts';
import { endsBefore } from '../../support/ends-before';
import { eventually } from '../../support/eventually';
import { testServers } from '../../support/servers';
import { RunningGateway } from './running-gateway';
import { PERIOD, REQUIREMENT } from './small-city';

let gateway: RunningGateway;
let aggregator: ClientProxy;

beforeAll(async () => {
  gateway = await RunningGateway.start();
  const { hostname, port } = new URL(testServers().redisUrl);
  aggregator = ClientProxyFactory.create({
    transport: Transport.REDIS,
    options: { host: hostname, port: Number(port) },
  });
  await aggregator.connect();
});

afterAll(async () => {
  await aggregator.close();
  await gateway.stop();
});

/** A stream of server-sent events as a browser reads it. */
class Stream {
  readonly events: FiguresChanged[] = [];
  text = '';
  ended = false;

  private constructor(readonly response: IncomingMessage) {
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      this.text += chunk;
      for (const [, data] of chunk.matchAll(/^event: figures\ndata: (.*)$/gm)) {
        this.events.push(JSON.parse(data ?? '') as FiguresChanged);
      }
    });
    response.on('close', () => (this.ended = true));
  }

  static async open(
    username: string,
    query = `?requirement=${REQUIREMENT}&period=${PERIOD}`,
  ): Promise<Stream> {
    const token = await gateway.tokenOf(username);
    return new Promise((resolve, reject) => {
      get(
        `${gateway.url}/api/v1/events${query}`,
        { headers: { authorization: `Bearer ${token}`, 'accept-encoding': 'br, gzip' } },
        (response) => {
          resolve(new Stream(response));
        },
      ).on('error', reject);
    });
  }

  close(): void {
    this.response.destroy();
  }
}

async function emit(hint: unknown): Promise<void> {
  await lastValueFrom(aggregator.emit(figuresChanged.name, hint), { defaultValue: undefined });
}

describe('live events', () => {
  it('tell each reader of changed units within reach, and nobody else', async () => {
    const streams = {
      city: await Stream.open('vanphong'),
      w1: await Stream.open('w1'),
      w2: await Stream.open('w2'),
      cell: await Stream.open('w1-1'),
    };
    const other = await Stream.open('vanphong', `?requirement=${REQUIREMENT}&period=2026-10`);
    expect(streams.city.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
    });
    expect(streams.city.response.headers['content-encoding']).toBeUndefined();
    await emit({ requirement: REQUIREMENT, period: PERIOD, units: ['HP', 'W1', 'W1-G'] });
    await eventually(() => streams.w1.events.length > 0 && streams.city.events.length > 0);
    expect(streams.city.events).toEqual([
      { requirement: REQUIREMENT, period: PERIOD, units: ['HP', 'W1', 'W1-G'] },
    ]);
    expect(streams.w1.events).toEqual([{ requirement: REQUIREMENT, period: PERIOD, units: ['W1', 'W1-G'] }]);
    expect([streams.w2.events, streams.cell.events, other.events]).toEqual([[], [], []]);
    for (const stream of [...Object.values(streams), other]) stream.close();
  });

  it('lose no unit in a storm of hints', async () => {
    const stream = await Stream.open('vanphong');
    const units = ['HP', 'W1', 'W1-G', 'W2'];
    for (let index = 0; index < 400; index += 1)
      await emit({ requirement: REQUIREMENT, period: PERIOD, units: [units[index % units.length]] });
    const told = (): string[] => [...new Set(stream.events.flatMap((event) => event.units))].sort();
    await eventually(() => told().length === units.length);
    expect(told()).toEqual([...units].sort());
    stream.close();
  });

  it('beat with the time of the server, at once and every few seconds', async () => {
    const stream = await Stream.open('vanphong');
    const beats = (): string[] =>
      [...stream.text.matchAll(/^event: beat\ndata: (.*)$/gm)].map(([, data]) => data ?? '');
    await eventually(() => beats().length >= 2, 10_000);
    const [first = 0, second = 0] = beats().map((data) => Date.parse((JSON.parse(data) as LiveBeat).at));
    // The demonstration's clock, which the screens go by.
    expect(new Date(first).toISOString()).toMatch(/^2026-11-15T0[2-9]/);
    expect(second).toBeGreaterThan(first);
    stream.close();
  });

  it('survive hints that are none', async () => {
    const stream = await Stream.open('vanphong');
    const hints = [
      null,
      'x',
      4,
      {},
      { requirement: 1, period: 2, units: 3 },
      { requirement: REQUIREMENT, period: PERIOD, units: [1, null] },
    ];
    const raw = [
      'no JSON',
      'null',
      '{}',
      ...hints.map((data) => JSON.stringify({ pattern: figuresChanged.name, data })),
    ];
    for (const message of raw) await gateway.redis.client.publish(figuresChanged.name, message);
    await emit({ requirement: REQUIREMENT, period: PERIOD, units: ['W2'] });
    await eventually(() => stream.events.length > 0);
    expect(stream.events.flatMap((event) => event.units)).toEqual(['W2']);
    stream.close();
  });

  it('need a session, and are counted while open', async () => {
    expect((await gateway.request('GET', '/api/v1/events')).body.code).toBe('auth.required');
    const stream = await Stream.open('vanphong');
    const gauge = async (): Promise<string> =>
      /mach_sse_connections(?:\{[^}]*\})? (\d+)/.exec(
        await (await fetch(`${gateway.healthUrl}/metrics`)).text(),
      )?.[1] ?? '';
    await eventually(async () => (await gauge()) === '1');
    stream.close();
    await eventually(async () => (await gauge()) === '0');
  });

  it('of one account beyond its share end the oldest, and tell its browser to wait', async () => {
    const streams: Stream[] = [];
    for (let index = 0; index < 9; index += 1) streams.push(await Stream.open('w2'));
    await eventually(() => streams[0]?.ended === true);
    expect(streams[0]?.text).toContain('retry: 60000\nevent: leave\ndata: {"retryMs":60000}\n\n');
    expect(streams.map(({ ended }) => ended)).toEqual([true, ...Array.from({ length: 8 }, () => false)]);
    for (const stream of streams) stream.close();
  });

  it('follow a unit that is moved under another committee', async () => {
    const [former, next] = [await Stream.open('w1'), await Stream.open('w2')];
    const moved = await gateway.as('quantri', 'POST', '/api/v1/units/W1-G/facts', {
      body: { effectiveOn: '2026-11-15', parent: 'W2' },
    });
    expect(moved.status).toBe(200);
    await emit({ requirement: REQUIREMENT, period: PERIOD, units: ['HP', 'W1', 'W1-G', 'W2'] });
    await eventually(() => former.events.length > 0 && next.events.length > 0);
    expect(former.events.flatMap(({ units }) => units)).toEqual(['W1']);
    expect(next.events.flatMap(({ units }) => units)).toEqual(['W1-G', 'W2']);
    for (const stream of [former, next]) stream.close();
  });

  it('go by the unit and role the account has now, not by those it had when they were opened', async () => {
    const stream = await Stream.open('w2');
    const hint = { requirement: REQUIREMENT, period: PERIOD, units: ['W1', 'W2'] };
    const query = gateway.database.dataSource.query.bind(gateway.database.dataSource);
    await query(`update account set unit_id = $1 where username = 'w2'`, [gateway.city.unitId('W1')]);
    await eventually(async () => {
      await emit(hint);
      return stream.events.at(-1)?.units.join() === 'W1';
    });
    await query(`update account set role = 'city_office' where username = 'w2'`);
    await eventually(async () => {
      await emit(hint);
      return stream.events.at(-1)?.units.join() === 'W1,W2';
    });
    await query(`update account set role = 'committee', unit_id = $1 where username = 'w2'`, [
      gateway.city.unitId('W2'),
    ]);
    stream.close();
  });

  it('end within seconds when the account is disabled or signs out', async () => {
    const disabled = await Stream.open('w1-1');
    const stays = await Stream.open('w2-1');
    await gateway.database.dataSource.query(`update account set disabled_at = now() where username = 'w1-1'`);
    await eventually(() => disabled.ended);
    expect(stays.ended).toBe(false);
    await gateway.as('w2-1', 'DELETE', '/api/v1/session');
    await eventually(() => stays.ended);
  });

  it('end cleanly and at once when the gateway stops', async () => {
    const own = await RunningGateway.start();
    const token = await own.tokenOf('vanphong');
    const response = await new Promise<IncomingMessage>((resolve) =>
      get(`${own.url}/api/v1/events`, { headers: { authorization: `Bearer ${token}` } }, resolve),
    );
    const ended = new Promise<boolean>((resolve) =>
      response
        .on('end', () => {
          resolve(response.complete);
        })
        .resume(),
    );
    const closed = own.app.close();
    expect(await endsBefore(closed, 400, () => own.countOutbox())).toBe(true);
    expect(await ended).toBe(true);
    await own.stop();
  });
});
