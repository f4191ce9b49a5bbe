import { SystemClock } from '@mach/runtime';
import type { FiguresChanged } from '@mach/contracts';
import type { Directory } from '../directory/directory';
import type { Reach } from '../directory/reach';
import { LiveFigures } from './live-figures';
import type { LiveStreams } from './live-streams';

const UNITS = ['HP', 'W1', 'W1-G', 'W2'];
const OF_NOVEMBER = { requirement: '14-CTR-TU-THANG', period: '2026-11' };

describe('hints handed on to readers', () => {
  const told: FiguresChanged[] = [];
  let figures: LiveFigures;

  beforeEach(() => {
    jest.useFakeTimers({ now: Date.parse('2026-11-15T09:00:00+07:00') });
    told.length = 0;
    const reader = {
      account: { unit: { id: 1 } },
      concerns: () => true,
      send: (event: FiguresChanged) => told.push(event),
    };
    figures = new LiveFigures(
      { open: new Set([reader]) } as unknown as LiveStreams,
      { seesAll: () => true } as unknown as Reach,
      { units: () => Promise.resolve({}) } as unknown as Directory,
      new SystemClock(),
    );
  });
  afterEach(() => {
    figures.beforeApplicationShutdown();
    jest.useRealTimers();
  });

  it('tell of the first after a pause at once', async () => {
    figures.note({ ...OF_NOVEMBER, units: ['W1'] });
    await jest.advanceTimersByTimeAsync(0);
    expect(told).toEqual([{ ...OF_NOVEMBER, units: ['W1'] }]);
  });

  it('gather a storm into four events a second, and lose no unit', async () => {
    for (let millisecond = 0; millisecond < 1_000; millisecond += 1) {
      figures.note({ ...OF_NOVEMBER, units: [UNITS[millisecond % UNITS.length] ?? ''] });
      await jest.advanceTimersByTimeAsync(1);
    }
    figures.note({ ...OF_NOVEMBER, units: ['W3'] });
    await jest.advanceTimersByTimeAsync(250);
    // One at once, and one for each quarter of a second until now.
    expect(told.length).toBeGreaterThanOrEqual(4);
    expect(told.length).toBeLessThanOrEqual(6);
    expect([...new Set(told.flatMap((event) => event.units))].sort()).toEqual([...UNITS, 'W3'].sort());
  });

  it('keep the hints of two periods apart', async () => {
    figures.note({ ...OF_NOVEMBER, units: ['W1'] });
    figures.note({ ...OF_NOVEMBER, period: '2026-10', units: ['W2'] });
    await jest.advanceTimersByTimeAsync(250);
    expect(told).toEqual([
      { ...OF_NOVEMBER, units: ['W1'] },
      { ...OF_NOVEMBER, period: '2026-10', units: ['W2'] },
    ]);
  });

  it('say nothing more once the process stops', async () => {
    figures.note({ ...OF_NOVEMBER, units: ['W1'] });
    figures.beforeApplicationShutdown();
    figures.note({ ...OF_NOVEMBER, units: ['W2'] });
    await jest.advanceTimersByTimeAsync(1_000);
    expect(told).toEqual([]);
  });
});
