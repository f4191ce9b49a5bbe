import { randomUUID } from 'node:crypto';
import type { ObligationView, ReceiptView, RollupView } from '@mach/contracts';
import { RunningGateway } from './running-gateway';
import { PERIOD, REQUIREMENT } from './small-city';

let gateway: RunningGateway;
let receipt: ReceiptView;

beforeAll(async () => {
  gateway = await RunningGateway.start();
  receipt = (await gateway.submit<ReceiptView>('w1', { unit: 'W1-1' })).body;
  for (const unit of ['W1-1', 'W1-G'])
    await gateway.as('quantri', 'POST', `/api/v1/units/${unit}/facts`, {
      body: { effectiveOn: '2026-11-15', parent: 'W2' },
    });
});

afterAll(async () => {
  await gateway.stop();
});

const rollup = (unit: string): string => `/api/v1/rollups/${REQUIREMENT}/${PERIOD}/${unit}`;

describe('of a unit that moved under another committee', () => {
  it('the former committee sees the total, and no row of the unit', async () => {
    const { body } = await gateway.as<RollupView>('w1', 'GET', rollup('W1'));
    expect(body.node.counts.expected).toBe(6);
    expect(body.children).toEqual([]);
    expect(body.reports.map(({ unit }) => unit.code)).toEqual(['W1', 'W1-2', 'W1-3']);
    const city = await gateway.as<RollupView>('vanphong', 'GET', rollup('W1'));
    expect(city.body.reports.map(({ unit }) => unit.code)).toEqual(['W1', 'W1-1', 'W1-2', 'W1-3']);
  });

  it.each([
    ['w1', 403, 403],
    ['w2', 200, 202],
  ])('%s reads and reports alike', async (username, reads, reports) => {
    const obligation = `/api/v1/obligations/${String(gateway.city.obligationId('W1-1'))}`;
    for (const path of [obligation, receipt.statusUrl, rollup('W1-G'), '/api/v1/notices?unit=W1-1'])
      expect((await gateway.as(username, 'GET', path)).status).toBe(reads);
    const list = await gateway.as<ObligationView[]>(username, 'GET', '/api/v1/obligations');
    expect(list.body.some(({ unit }) => unit.code === 'W1-1')).toBe(reads === 200);
    expect((await gateway.submit(username, { unit: 'W1-G-1' }, randomUUID())).status).toBe(reports);
  });
});
