import type { RollupView } from '@mach/contracts';
import type { RawFigure } from '@mach/domain';
import type { ReportInput } from './system/person';

/** A valid report on the seeded form; `overrides` is what the test is about. */
export function aReport(unit: string, overrides: Readonly<Record<string, RawFigure>>): ReportInput {
  return {
    unit,
    figures: {
      study_sessions: '2',
      study_attendance: { numerator: '27', denominator: '30' },
      broadcasts: '4',
      articles: '1',
      social_posts: '6',
      dialogues: '1',
      recommendations_received: '3',
      recommendations_resolved: '2',
      recommendations_pending: '1',
      members_admitted: { numerator: '1', denominator: '2' },
      enterprise_organisations_founded: '0',
      enterprise_members_admitted: '0',
      inspections: { numerator: '0', denominator: '1' },
      spending: '1.250',
      ...overrides,
    },
    narratives: { results: 'Đã tổ chức quán triệt tới toàn thể đảng viên trong chi bộ.' },
  };
}

export function quantityOf(view: RollupView, code: string): string | null {
  const figure = view.figures.find((one) => one.code === code);
  if (figure?.type !== 'quantity') throw new Error(`${code} is not a quantity of this form`);
  return figure.value;
}

export function ratioOf(
  view: RollupView,
  code: string,
): { numerator: string | null; denominator: string | null; percent: string | null } {
  const figure = view.figures.find((one) => one.code === code);
  if (figure?.type !== 'ratio') throw new Error(`${code} is not a ratio of this form`);
  return { numerator: figure.numerator, denominator: figure.denominator, percent: figure.percent };
}
