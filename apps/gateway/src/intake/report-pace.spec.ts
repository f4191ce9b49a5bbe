import { ReportPace } from './report-pace';

function aPace() {
  const time = { now: 0 };
  const pace = new ReportPace({ now: () => time.now });
  const sent = (role: 'cell' | 'committee', bytes: number, id = 1): boolean => {
    try {
      pace.take({ id, role }, bytes);
      return true;
    } catch {
      return false;
    }
  };
  return { time, sent };
}

describe('the pace of reports', () => {
  it('lets a committee hand in 146 cells at once, and several times', () => {
    const { sent } = aPace();
    for (let index = 0; index < 600; index += 1) expect(sent('committee', 50_000)).toBe(true);
  });

  it('stops a cell that sends a hundred reports of 228 kB, and nobody else', () => {
    const { sent } = aPace();
    const taken = Array.from({ length: 100 }, () => sent('cell', 228_000)).filter(Boolean);
    expect(taken).toHaveLength(18);
    expect(sent('cell', 228_000, 2)).toBe(true);
  });

  it('stops a cell that sends many small ones, and lets it go on as time passes', () => {
    const { time, sent } = aPace();
    expect(Array.from({ length: 400 }, () => sent('cell', 500)).filter(Boolean)).toHaveLength(300);
    time.now = 1_000;
    expect([sent('cell', 500), sent('cell', 500)]).toEqual([true, false]);
  });

  it('saves nothing up: after a quiet day a cell may send as much at once as ever', () => {
    const { time, sent } = aPace();
    const burst = (): number =>
      Array.from({ length: 100 }, () => sent('cell', 228_000)).filter(Boolean).length;
    expect(burst()).toBe(18);
    time.now = 86_400_000;
    expect(burst()).toBe(18);
  });
});
