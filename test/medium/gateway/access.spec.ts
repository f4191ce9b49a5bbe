import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Controller, Get, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import type { ReceiptView } from '@mach/contracts';
import { RouteDeclarations } from '../../../apps/gateway/src/session/route-declarations';
import { Anyone } from '../../../apps/gateway/src/session/roles.decorator';
import {
  ACCESS,
  ACCOUNT_OF,
  type Asked,
  type Planted,
  type Relation,
  type Role,
  UNIT_OF,
} from './access-table';
import { withRoutesOf, type RegisteredRoute } from './registered-routes';
import { aSubmission, RunningGateway } from './running-gateway';

let gateway: RunningGateway;
let routes: readonly RegisteredRoute[];
const receipts = new Map<string, string>();
const files = new Map<string, string>();

const planted: Planted = {
  obligationId: (unit) => (unit === 'W9' ? 999_999 : gateway.city.obligationId(unit)),
  receiptOf: (unit) => receipts.get(unit) ?? 'PTN-2611-0000-0000',
  submission: (unit) => aSubmission({ unit }),
  fileOf: (unit) => files.get(unit) ?? randomUUID(),
};

beforeAll(async () => {
  ({ started: gateway, routes } = await withRoutesOf(() => RunningGateway.start()));
  for (const unit of ['W1', 'W1-1', 'W1-2', 'W2', 'W2-1']) {
    const by = unit.startsWith('W1') ? 'w1' : 'w2';
    files.set(unit, await plantSentFile(unit));
    receipts.set(unit, (await gateway.submit<ReceiptView>(by, { unit })).body.receiptNumber);
  }
});

afterAll(async () => {
  await gateway.stop();
});

/** A file of the unit's report, without its bytes, which some report has taken. */
async function plantSentFile(unit: string): Promise<string> {
  const id = randomUUID();
  await gateway.database.dataSource.query(
    `insert into report_file (id, obligation_id, slot, name, kind, size, sha256, account_id, created_at, stored_at, taken)
     select $1, $2, 'van_ban', 'a.pdf', 'pdf', 1, '\\x00', account.id, now(), now(), true from account where username = 'w1'`,
    [id, gateway.city.obligationId(unit)],
  );
  const folder = join(gateway.filesDir, 'kept', id.slice(-2));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, id), 'x');
  return id;
}

const ROLES: readonly Role[] = ['nobody', 'administrator', 'city_office', 'committee', 'cell'];
const RELATIONS: readonly Relation[] = ['own', 'above', 'below', 'sibling', 'foreign', 'unknown'];

/** The status alone; a stream of events is left as soon as it begins. */
async function statusFor(role: Role, route: string, asked: Asked): Promise<number> {
  const leaving = new AbortController();
  // Signing out in one case must not sign out the others.
  const token = role === 'nobody' ? null : await gateway.freshTokenOf(ACCOUNT_OF[role]);
  const response = await fetch(`${gateway.url}${asked.path}`, {
    method: route.split(' ')[0] ?? '',
    headers: {
      ...(asked.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...asked.headers,
    },
    ...(asked.body === undefined ? {} : { body: JSON.stringify(asked.body) }),
    signal: leaving.signal,
  });
  leaving.abort();
  return response.status;
}

describe('who may call what', () => {
  it('is written down for every route there is, and for none that is gone', () => {
    const registered = routes.map(({ method, url }) => `${method} ${url}`);
    expect(Object.keys(ACCESS).sort()).toEqual([...new Set(registered)].sort());
  });

  it.each(Object.entries(ACCESS))('%s by role', async (route, { who, asks }) => {
    const statuses = await Promise.all(ROLES.map((role) => statusFor(role, route, asks)));
    const found = ROLES.map((role, index) => [role, doorOf(statuses[index])]);
    const expected = ROLES.map((role) => {
      if (who.includes(role)) return [role, 'let through'];
      return [role, role === 'nobody' ? 'asked to sign in' : 'refused'];
    });
    expect(found).toEqual(expected);
  });

  it.each(Object.entries(ACCESS).filter(([, { about }]) => about !== undefined))(
    '%s by role and unit',
    async (route, { who, about }) => {
      const found: string[] = [];
      const expected: string[] = [];
      for (const role of ROLES) {
        if (role === 'nobody' || about === undefined) continue;
        for (const relation of RELATIONS) {
          const unit = UNIT_OF[role][relation];
          if (unit === undefined || about.without?.includes(unit) === true) continue;
          const status = await statusFor(role, route, about.asks(unit, planted));
          const of = `${role} about ${relation} (${unit})`;
          const unknown = relation === 'unknown' && [404, 422].includes(status);
          found.push(`${of}: ${unknown ? 'unknown' : doorOf(status)}`);
          // That a unit does not exist is said to whoever may use the route at all: codes of units are public.
          const open = relation === 'unknown' ? who.includes(role) : about.reaching[role].includes(relation);
          expected.push(`${of}: ${!open ? 'refused' : relation === 'unknown' ? 'unknown' : 'let through'}`);
        }
      }
      expect(found).toEqual(expected);
    },
  );

  function doorOf(status = 0): string {
    if (status === 401) return 'asked to sign in';
    if (status === 403) return 'refused';
    return status >= 500 ? `failed with ${String(status)}` : 'let through';
  }
});

describe('a route that does not say who may call it', () => {
  @Controller('forgotten')
  class Forgetful {
    @Get('open')
    @Anyone()
    open(): string {
      return '';
    }

    @Get('forgotten')
    forgotten(): string {
      return '';
    }
  }

  @Module({ imports: [DiscoveryModule], controllers: [Forgetful], providers: [RouteDeclarations] })
  class ForgetfulModule {}

  it('keeps the gateway from starting', async () => {
    const module = await Test.createTestingModule({ imports: [ForgetfulModule] }).compile();
    await expect(module.init()).rejects.toThrow('no one is named who may call Forgetful.forgotten:');
  });
});
