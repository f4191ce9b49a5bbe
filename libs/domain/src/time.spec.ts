import fc from 'fast-check';
import { addDays, daysBetween, instantAt, isLocalDate, localDateOf, localTimeOf } from './time';

const dates = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays('1990-01-01', days));
const times = fc
  .integer({ min: 0, max: 1439 })
  .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`);

describe('time in Hải Phòng', () => {
  it('is seven hours ahead of UTC', () => {
    expect(instantAt('2026-11-17', '17:00')).toBe(Date.UTC(2026, 10, 17, 10, 0));
    expect(localDateOf(Date.UTC(2026, 10, 16, 17, 0))).toBe('2026-11-17');
    expect(localDateOf(Date.UTC(2026, 10, 16, 16, 59))).toBe('2026-11-16');
  });

  it('gives back the day and time that an instant was made of', () => {
    fc.assert(
      fc.property(dates, times, (date, time) => {
        const instant = instantAt(date, time);
        expect([localDateOf(instant), localTimeOf(instant)]).toEqual([date, time]);
      }),
    );
  });

  it('counts back the days it added', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -2000, max: 2000 }), (date, days) => {
        expect(daysBetween(date, addDays(date, days))).toBe(days);
      }),
    );
  });

  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '', '2026-11-31', 'hôm nay'])(
    'knows that «%s» is no day',
    (text) => {
      expect(isLocalDate(text)).toBe(false);
    },
  );

  it('knows a leap day', () => {
    expect(isLocalDate('2028-02-29')).toBe(true);
  });
});
