import { compileForm } from '@mach/domain';
import { organisationTree } from './organisation-tree';
import { plausibleMonth } from './plausible-month';
import { readSeedWork } from './seed-work';

describe('a plausible month', () => {
  const units = organisationTree().filter(({ level }) => level !== 'city');
  const form = compileForm(
    readSeedWork().forms.find(({ code }) => code === 'BM-14-CTR-THANG')?.definition ?? {
      indicators: [],
      narratives: [],
      rules: [],
    },
  );
  /** What units come to: the figure of an indicator, a ratio's numerator. */
  const sumOf = (who: typeof units, code: string, year: number, months: readonly number[]): number =>
    months
      .flatMap((month) => who.map((unit) => plausibleMonth(unit, year, month).figures[code]))
      .map((figure) =>
        Number(
          typeof figure === 'object' && figure !== null && 'numerator' in figure ? figure.numerator : figure,
        ),
      )
      .reduce((sum, figure) => sum + figure, 0);

  it('is a report that the form accepts, the same each time', () => {
    for (const unit of units.filter((_, index) => index % 40 === 0)) {
      const payload = plausibleMonth(unit, 2026, 10);
      expect(form.check(payload)).toMatchObject({ ok: true });
      expect(plausibleMonth(unit, 2026, 10)).toEqual(payload);
    }
  });

  it('brings the city near the targets of its programme by November, and to thousands of admissions a year, not tens of thousands', () => {
    const committees = units.filter(({ level }) => level === 'committee');
    const soFar = Array.from({ length: 11 }, (_, index) => index + 1);
    for (const year of [2025, 2026]) {
      const admitted = sumOf(units, 'members_admitted', year, [11]);
      expect(admitted).toBeGreaterThan(3_000);
      expect(admitted).toBeLessThan(5_000);
      const founded = sumOf(committees, 'enterprise_organisations_founded', year, soFar);
      expect(Math.abs(founded - 45)).toBeLessThan(15);
      expect(Math.abs(sumOf(units, 'enterprise_members_admitted', year, [11]) - 520)).toBeLessThan(100);
    }
  });

  it('never takes back what counts from the beginning of the year', () => {
    for (const month of [1, 2, 6, 11])
      for (const unit of units.filter((_, index) => index % 40 === 0)) {
        const admitted = (at: number): unknown =>
          plausibleMonth(unit, 2026, at).figures['enterprise_members_admitted'];
        expect(Number(admitted(month + 1))).toBeGreaterThanOrEqual(Number(admitted(month)));
      }
  });
});
