import { treatmentOf } from './treatment';

describe('how a job is run after deaths of its process', () => {
  it.each([
    [0, 0, 'together'],
    [1, 0, 'together'],
    [3, 0, 'together'],
    [4, 0, 'alone'],
    [4, 4, 'alone'],
    // Killed over and over beside others, or before it began alone: unlucky, however often.
    [1_000, 0, 'alone'],
    [1_000, 4, 'alone'],
    [9, 5, 'poisonous'],
    [9, 6, 'poisonous'],
  ] as const)('deaths %d, alone in work at %d of them: %s', (deaths, deathsAlone, treatment) => {
    expect(treatmentOf({ deaths, deathsAlone })).toBe(treatment);
  });
});
