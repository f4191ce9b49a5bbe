import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { eventually } from '../support/eventually';
import { PERIOD, Person, REQUIREMENT } from '../support/system/person';
import { System } from '../support/system/system';
import { aReport } from '../support/a-report';

const STOPS = 4;
const CONNECTIONS = 40;

interface Load {
  answered: number;
  /** Written to a connection that stood, and never answered. */
  unanswered: string[];
  /** Answered, but by a failure. */
  failed: number[];
}

/** People on kept connections who ask again as soon as they are answered, until nobody listens any more. */
async function keepAsking(system: System, person: Person, load: Load): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const { hostname, port } = new URL(system.gatewayUrl);
  const body = JSON.stringify({
    requirement: REQUIREMENT,
    period: PERIOD,
    formVersion: 1,
    basedOn: null,
    ...aReport('11560-001', {}),
  });
  const ask = (index: number): Promise<boolean> =>
    new Promise((resolve) => {
      const writes = index % 2 === 0;
      let written = false;
      const asked = request(
        {
          agent,
          hostname,
          port,
          method: writes ? 'POST' : 'GET',
          path: writes ? '/api/v1/reports' : '/api/v1/obligations',
          headers: {
            authorization: `Bearer ${person.token}`,
            ...(writes
              ? {
                  'content-type': 'application/json',
                  'content-length': Buffer.byteLength(body),
                  'idempotency-key': randomUUID(),
                }
              : {}),
          },
        },
        (response) => {
          response.resume();
          response.on('end', () => {
            load.answered += 1;
            const { statusCode = 0 } = response;
            if (statusCode >= 500) load.failed.push(statusCode);
            resolve(true);
          });
          response.on('aborted', () => {
            load.unanswered.push('cut in the middle of an answer');
            resolve(false);
          });
        },
      );
      asked.on('finish', () => (written = true));
      asked.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ECONNREFUSED' && written) load.unanswered.push(error.message);
        resolve(false);
      });
      asked.end(writes ? body : undefined);
    });
  const one = async (index: number): Promise<void> => {
    while (await ask(index));
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, (_, index) => one(index)));
  agent.destroy();
}

describe('a stop of the gateway', () => {
  let system: System;
  let person: Person;

  beforeAll(async () => {
    system = await System.start();
    person = await Person.signIn(system.gatewayUrl, '11560-001');
  }, 60_000);

  afterAll(async () => {
    await system.stop();
  });

  it('answers everything that was asked', async () => {
    for (let stop = 0; stop < STOPS; stop += 1) {
      const load: Load = { answered: 0, unanswered: [], failed: [] };
      const asking = keepAsking(system, person, load);
      await eventually(() => load.answered > 200);
      const before = load.answered;
      await system.gateway.stop();
      await asking;
      expect({ unanswered: load.unanswered, failed: load.failed }).toEqual({ unanswered: [], failed: [] });
      expect(load.answered).toBeGreaterThan(before);
      await system.gateway.start();
    }
  }, 60_000);

  it('ends the streams of events, and ends by itself', async () => {
    const stream = await fetch(`${system.gatewayUrl}/api/v1/events`, {
      headers: { authorization: `Bearer ${person.token}` },
    });
    const text = stream.text();
    expect(await system.gateway.stop()).toBe(0);
    expect(await text).toContain('retry:');
    await system.gateway.start();
  }, 30_000);
});
