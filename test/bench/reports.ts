/** A report as the intake receives it: about 3 kB of JSON with the figures of the seeded form. */
export interface ReportBody {
  readonly requirement: string;
  readonly period: string;
  readonly unit: string;
  readonly formVersion: number;
  readonly basedOn: null;
  readonly figures: Readonly<Record<string, unknown>>;
  readonly narratives: Readonly<Record<string, string>>;
}

const REQUIREMENT = '14-CTR-TU-THANG';
const PERIOD = '2026-11';

const SENTENCE =
  'Chi bộ đã tổ chức quán triệt nội dung Chương trình hành động tới toàn thể đảng viên, gắn với sinh hoạt chi bộ trong tháng. ';

/**
 * A valid report whose figures depend on `index` only; its attendance is `attendanceOf` of `membersOf`, for
 * the oracle.
 */
export function reportOf(unit: string, index: number): ReportBody {
  const received = index % 5;
  return {
    requirement: REQUIREMENT,
    period: PERIOD,
    unit,
    formVersion: 1,
    basedOn: null,
    figures: {
      study_sessions: String(1 + (index % 3)),
      study_attendance: { numerator: String(attendanceOf(index)), denominator: String(membersOf(index)) },
      online_share: '33.3',
      broadcasts: String(index % 7),
      articles: String(index % 4),
      social_posts: String(index % 11),
      dialogues: String(index % 2),
      recommendations_received: String(received),
      recommendations_resolved: String(Math.floor(received / 2)),
      recommendations_pending: String(received - Math.floor(received / 2)),
      longest_pending_days: String(index % 30),
      members_admitted: { numerator: '1', denominator: '2' },
      enterprise_organisations_founded: '0',
      enterprise_members_admitted: '0',
      inspections: { numerator: '0', denominator: '1' },
      spending: '1.250',
    },
    narratives: { results: SENTENCE.repeat(8), difficulties: SENTENCE.repeat(4) },
  };
}

export function attendanceOf(index: number): number {
  return 12 + (index % 23);
}

export function membersOf(index: number): number {
  return 15 + (index % 23);
}
