import { randomUUID } from 'node:crypto';
import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { deliveryRequested, patternOf, reportReceivedV1, rollupRequested } from '@mach/contracts';
import { register } from 'prom-client';
import type { OutboxMessage } from '@mach/persistence';
import { aMessage } from '../../support/a-message';
import { eventually } from '../../support/eventually';
import { Harness, ReportConsumer } from './harness';

@Controller()
class SecondReportConsumer {
  @EventPattern(patternOf(reportReceivedV1))
  handle(): void {
    // Never called: the process must refuse to start.
  }
}

@Controller()
class StrayConsumer {
  @EventPattern('report.receved.v1')
  handle(): void {
    // Never called: nobody sends a message of this name.
  }
}

describe('consumers', () => {
  let harness: Harness;

  beforeAll(async () => {
    harness = await Harness.open();
  });
  afterEach(() => harness.clear());
  afterAll(() => harness.close());

  const send = async (...messages: OutboxMessage[]): Promise<void> => {
    await harness.transactions.run((tx) => harness.outbox.add(tx, messages));
    await harness.publisher.publish(messages);
  };
  /** Puts a job on a queue as a foreign hand would: straight into Redis. */
  const forge = async (
    queue: string,
    name: string,
    data: string,
    jobId: string = randomUUID(),
  ): Promise<void> => {
    const key = `${harness.redis.prefix}:${queue}`;
    await harness.redis.client.hset(`${key}:${jobId}`, {
      name,
      data,
      opts: '{"attempts":3}',
      timestamp: '1763700000000',
      delay: '0',
      priority: '0',
    });
    await harness.redis.client.lpush(`${key}:wait`, jobId);
    await harness.redis.client.zadd(`${key}:marker`, 0, '0');
  };
  const outcomes = async (outcome: string): Promise<number> => {
    const metric = await register.getSingleMetric('mach_jobs_total')?.get();
    return (metric?.values ?? [])
      .filter((value) => value.labels['outcome'] === outcome)
      .reduce((sum, value) => sum + value.value, 0);
  };

  it('hands over the payload as its class, and the envelope beside it', async () => {
    const message = aMessage({ causationId: randomUUID() });
    const seen: unknown[] = [];
    const { behaviour } = await harness.consume();
    behaviour.onReport = async (payload, job) => {
      seen.push(payload.constructor.name, payload.submissionId, job.attempt, job.envelope);
      await harness.effect(job.envelope.id);
    };
    await send(message);
    await harness.drain();
    expect(seen.slice(0, 3)).toEqual([
      'ReportReceivedV1',
      (message.payload as { submissionId: string }).submissionId,
      1,
    ]);
    expect(seen[3]).toMatchObject({
      id: message.id,
      correlationId: message.correlationId,
      causationId: message.causationId,
      occurredAt: '2026-11-14T02:00:00.000Z',
    });
  });

  it('has one effect for a message that is handed over many times', async () => {
    const { behaviour } = await harness.consume();
    behaviour.onReport = (_payload, job) => harness.effect(job.envelope.id);
    const messages = Array.from({ length: 100 }, () => aMessage());
    await send(...messages);
    for (let again = 0; again < 5; again += 1) await harness.publisher.publish(messages);
    await harness.drain();
    expect(await harness.effects()).toEqual(messages.map((message) => message.id).sort());
  });

  it('tries a failing message again', async () => {
    const attempts: number[] = [];
    const { behaviour } = await harness.consume();
    behaviour.onReport = async (_payload, job) => {
      attempts.push(job.attempt);
      if (job.attempt < 3) throw new Error('not yet');
      await harness.effect(job.envelope.id);
    };
    await send(aMessage());
    await harness.drain();
    expect(attempts).toEqual([1, 2, 3]);
    expect(await harness.setAside.list()).toEqual([]);
  });

  it('sets a message aside when its tries are used up, with the reason, and replays it when an operator says so', async () => {
    const before = await outcomes('set_aside');
    let mended = false;
    const { behaviour } = await harness.consume();
    behaviour.onReport = async (_payload, job) => {
      if (!mended) throw new Error('the form version is gone');
      await harness.effect(job.envelope.id);
    };
    const message = aMessage();
    await send(message);
    const [entry] = await eventually(async () => {
      const list = await harness.setAside.list();
      return list.length > 0 && list;
    }, 15_000);
    expect(entry).toMatchObject({
      queue: 'intake',
      jobId: message.id,
      attempts: 6,
      reason: 'the form version is gone',
    });
    expect(JSON.parse(entry?.raw ?? '')).toMatchObject({ id: message.id, payload: message.payload });
    expect(await harness.outbox.pending()).toBe(0);
    expect(await outcomes('set_aside')).toBe(before + 1);

    mended = true;
    expect(await harness.setAside.replay(entry?.id ?? '', Date.now())).toEqual({ ok: true });
    await harness.drain();
    expect(await harness.effects()).toEqual([message.id]);
  }, 30_000);

  it('never counts as a try what is not the fault of the message: a lock, PostgreSQL away, "later"', async () => {
    const obstacles = [
      () => Promise.resolve('later' as const),
      () => Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })),
      () => Promise.reject(Object.assign(new Error('held'), { code: '55P03' })),
    ];
    const attempts: number[] = [];
    const { behaviour } = await harness.consume();
    behaviour.onReport = (_payload, job) => {
      attempts.push(job.attempt);
      const obstacle = obstacles[attempts.length % obstacles.length];
      return attempts.length <= 7 && obstacle !== undefined ? obstacle() : harness.effect(job.envelope.id);
    };
    const message = aMessage();
    await send(message);
    await harness.drain();
    expect(attempts).toEqual(Array(8).fill(1));
    expect(await harness.effects()).toEqual([message.id]);
    expect(await harness.setAside.list()).toEqual([]);
  }, 20_000);

  it('sets malformed jobs aside as they are, and goes on', async () => {
    const before = await outcomes('set_aside');
    const { behaviour } = await harness.consume({ concurrency: { intake: 1 } });
    behaviour.onReport = (_payload, job) => harness.effect(job.envelope.id);
    const pattern = patternOf(reportReceivedV1);
    const sound = {
      id: randomUUID(),
      name: reportReceivedV1.name,
      version: 1,
      occurredAt: '2026-11-14T02:00:00Z',
      correlationId: randomUUID(),
      causationId: null,
      payload: { submissionId: randomUUID() },
    };
    const malformed: [name: string, data: string, reason: RegExp][] = [
      [pattern, 'this is no JSON {', /no envelope/],
      [pattern, '"text"', /no envelope/],
      [pattern, '[]', /no envelope/],
      [pattern, '{}', /envelope is malformed/],
      [pattern, JSON.stringify({ ...sound, id: 'x' }), /id must be a UUID/],
      [pattern, JSON.stringify({ ...sound, version: 2 }), /says report\.received\.v2/],
      [
        pattern,
        JSON.stringify({ ...sound, payload: { submissionId: 7 } }),
        /payload is malformed: submissionId must be a UUID/,
      ],
      [pattern, JSON.stringify({ ...sound, payload: {} }), /payload is malformed/],
      ['report.burned.v1', JSON.stringify(sound), /no message is called "report\.burned\.v1"/],
      ['__proto__', '{"__proto__":{"polluted":true}}', /no message is called/],
    ];
    for (const [name, data] of malformed) await forge('intake', name, data);
    const good = aMessage();
    await send(good);
    await harness.drain();
    expect(await harness.effects()).toEqual([good.id]);
    const list = await harness.setAside.list();
    expect(list).toHaveLength(malformed.length);
    for (const [, data, reason] of malformed) {
      const entry = list.find((one) => one.raw === data && reason.test(one.reason));
      expect({ data, found: entry !== undefined }).toEqual({ data, found: true });
      expect(entry).toMatchObject({ queue: 'intake', attempts: 1, envelope: null });
    }
    expect(await outcomes('set_aside')).toBe(before + malformed.length);
  });

  it('does not lose the message when only its job in Redis was spoilt', async () => {
    const message = aMessage();
    await harness.transactions.run((tx) => harness.outbox.add(tx, [message]));
    await forge('intake', patternOf(reportReceivedV1), '{"spoilt":', message.id);
    const { behaviour } = await harness.consume();
    behaviour.onReport = (_payload, job) => harness.effect(job.envelope.id);
    const [entry] = await eventually(async () => {
      const list = await harness.setAside.list();
      return list.length > 0 && list;
    });
    expect(entry?.raw).toBe('{"spoilt":');
    await harness.setAside.replay(entry?.id ?? '', Date.now());
    await harness.drain();
    expect(await harness.effects()).toEqual([message.id]);
  });

  it('keeps a job that cannot be set aside until it can', async () => {
    await harness.database.asOwner('alter table set_aside_message rename to hidden');
    try {
      await harness.consume();
      await forge('intake', patternOf(reportReceivedV1), '{}');
      await eventually(async () => (await harness.publisher.held('intake')) === 1);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(await harness.publisher.held('intake')).toBe(1);
    } finally {
      await harness.database.asOwner('alter table hidden rename to set_aside_message');
    }
    await harness.drain();
    expect(await harness.setAside.list()).toHaveLength(1);
  });

  it('lets a payload grow: unknown properties are dropped, not refused', async () => {
    const { behaviour } = await harness.consume();
    const seen: object[] = [];
    behaviour.onReport = async (payload, job) => {
      seen.push(payload);
      await harness.effect(job.envelope.id);
    };
    const submissionId = randomUUID();
    await send(aMessage({ payload: { submissionId, addedTomorrow: 1 } }));
    await harness.drain();
    expect(seen.map((payload) => Object.entries(payload))).toEqual([[['submissionId', submissionId]]]);
  });

  it.each([
    [
      'a message without a handler',
      { controllers: [ReportConsumer] },
      /rollup\.requested\.v1 has no handler/,
    ],
    [
      'two handlers for one message',
      { controllers: [ReportConsumer, SecondReportConsumer], consumes: [reportReceivedV1] },
      /report\.received\.v1 has 2 handlers/,
    ],
    [
      'a handler for an unknown message',
      { controllers: [ReportConsumer, StrayConsumer], consumes: [reportReceivedV1] },
      /waits for report\.receved\.v1/,
    ],
    [
      'everything wrong at once',
      { controllers: [StrayConsumer], consumes: [deliveryRequested] },
      /delivery.* has no handler; .*waits for/,
    ],
  ])('refuses to start with %s', async (_case, options, complaint) => {
    await expect(harness.consume(options)).rejects.toThrow(complaint);
  });

  it('waits for the jobs under way when it stops', async () => {
    const { app, behaviour, transport } = await harness.consume();
    let begun = false;
    let goOn = (): void => undefined;
    behaviour.onReport = async (_payload, job) => {
      begun = true;
      await new Promise<void>((resolve) => {
        goOn = resolve;
      });
      await harness.effect(job.envelope.id);
    };
    const message = aMessage();
    await send(message);
    await eventually(() => begun);
    const closed = app.close();
    // The stop is under way when its workers take no more.
    await eventually(() => transport.workers.every((worker) => worker.closing !== undefined));
    goOn();
    await closed;
    expect(await harness.effects()).toEqual([message.id]);
    expect(await harness.publisher.held('intake')).toBe(0);
  });

  it('does not wait for ever when it stops, and another takes the job', async () => {
    const stuck = await harness.consume();
    let begun = false;
    stuck.behaviour.onReport = () => {
      begun = true;
      return new Promise(() => undefined);
    };
    const message = aMessage();
    await send(message);
    await eventually(() => begun);
    // The job never ends: a stop that waited for it would not either.
    await stuck.app.close();
    const second = await harness.consume();
    second.behaviour.onReport = (_payload, job) => harness.effect(job.envelope.id);
    await harness.drain();
    expect(await harness.effects()).toEqual([message.id]);
  }, 20_000);

  it('takes the job of a process that died within a few seconds', async () => {
    const dying = await harness.consume();
    let begun = false;
    dying.behaviour.onReport = () => {
      begun = true;
      return new Promise(() => undefined);
    };
    await send(aMessage());
    await eventually(() => begun);
    // As after kill -9: no lock is renewed, nothing is said to Redis.
    await Promise.all(dying.transport.workers.map((worker) => worker.close(true)));
    const { behaviour, transport } = await harness.consume();
    // What a dead process held is free when its lock ends, and is seen at the next look for such jobs.
    for (const { opts } of transport.workers)
      expect((opts.lockDuration ?? Infinity) + (opts.stalledInterval ?? Infinity)).toBeLessThan(4_500);
    behaviour.onReport = (_payload, job) => harness.effect(job.envelope.id);
    await eventually(async () => (await harness.effects()).length === 1);
  }, 20_000);

  it('starts every handler only after the application is ready, and calls no hook twice', async () => {
    let inits = 0;
    @Controller()
    class CountingConsumer extends ReportConsumer {
      onModuleInit(): void {
        inits += 1;
      }
    }
    await harness.consume({ controllers: [CountingConsumer], consumes: [reportReceivedV1] });
    expect(inits).toBe(1);
  });

  it('gives up a wake-up that fails, without setting it aside: its sweep asks again', async () => {
    const before = await outcomes('given_up');
    const { behaviour } = await harness.consume();
    behaviour.onRollup = () => Promise.reject(new Error('no'));
    await harness.publisher.wake(rollupRequested, { requirementId: randomUUID(), periodId: 1 }, 'one');
    await eventually(async () => (await outcomes('given_up')) === before + 1);
    await harness.drain();
    expect(await harness.setAside.list()).toEqual([]);
  });
});
