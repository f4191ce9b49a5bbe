import { GuessDelays } from './guess-delays';

const RULE = { free: 5, firstMs: 2_000, longestMs: 900_000, forgottenAfterMs: 3_600_000 };

describe('wrong guesses', () => {
  it('sent all at once are held back like those sent one by one', () => {
    const delays = new GuessDelays(RULE);
    const waits = Array.from({ length: 190 }, () => delays.reserve('w1 10.0.0.1', 0));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
    expect(Math.max(...waits)).toBe(2_000);
  });

  it('wait twice as long each time, up to a quarter of an hour', () => {
    const delays = new GuessDelays(RULE);
    for (let index = 0; index < 5; index += 1) delays.reserve('k', 0);
    const waits: number[] = [];
    let now = 0;
    for (let index = 0; index < 12; index += 1) {
      const wait = delays.reserve('k', now);
      waits.push(wait);
      now += wait;
      expect(delays.reserve('k', now)).toBe(0);
    }
    expect(waits.slice(0, 4)).toEqual([2_000, 4_000, 8_000, 16_000]);
    expect(waits.at(-1)).toBe(900_000);
  });

  it('hold back nobody else', () => {
    const delays = new GuessDelays(RULE);
    for (let index = 0; index < 100; index += 1) delays.reserve('w1 10.0.0.1', 0);
    expect(delays.reserve('w1 10.0.0.2', 0)).toBe(0);
    expect(delays.reserve('w2 10.0.0.1', 0)).toBe(0);
  });

  it('are taken back when the attempt was right, with the wait', () => {
    const delays = new GuessDelays(RULE);
    for (let index = 0; index < 5; index += 1) delays.reserve('k', 0);
    expect(delays.reserve('k', 0)).toBeGreaterThan(0);
    delays.giveBack('k');
    expect(delays.reserve('k', 0)).toBe(0);
    delays.forget('k');
    for (let index = 0; index < 5; index += 1) expect(delays.reserve('k', 0)).toBe(0);
  });

  it('are forgotten after a quiet hour', () => {
    const delays = new GuessDelays(RULE);
    for (let index = 0; index < 5; index += 1) delays.reserve('k', 0);
    const later = 3_600_001;
    for (let index = 0; index < 5; index += 1) expect(delays.reserve('k', later)).toBe(0);
    expect(delays.reserve('k', later)).toBe(2_000);
  });
});
