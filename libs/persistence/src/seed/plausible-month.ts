import type { ReportPayload, UnitKind, UnitLevel } from '@mach/domain';
import { SeededRandom } from './seeded-random';

interface ReportingUnit {
  readonly code: string;
  readonly level: UnitLevel;
  readonly kind: UnitKind;
}

const RESULTS = [
  'Chi bộ đã tổ chức quán triệt tại sinh hoạt thường kỳ, gắn với nhiệm vụ của từng đảng viên.',
  'Duy trì tuyên truyền trên truyền thanh cơ sở và nhóm trao đổi của khu dân cư.',
  'Đối thoại với Nhân dân về giải phóng mặt bằng, cơ bản thống nhất được phương án.',
] as const;

/**
 * What a unit may well have reported on Chương trình 14-CTr/TU for a month of a year, the same for the same unit and
 * month. A cell admits a member every year or two, so that the city comes to a few thousand a year and near the
 * targets of the programme by its end; what counts from the beginning of the year never falls within it.
 */
export function plausibleMonth(unit: ReportingUnit, year: number, month: number): ReportPayload {
  const ofYear = new SeededRandom(`${unit.code} ${String(year)}`);
  const chance = new SeededRandom(`${unit.code} ${String(year)} ${String(month)}`);
  const members = 8 + ofYear.below(30);
  const { asked, admitted } = admissions(unit, ofYear, month);
  const sessions = 1 + chance.below(2);
  const toAttend = members * sessions;
  const received = chance.below(3);
  const pending = received > 0 && chance.below(4) === 0 ? 1 : 0;
  const inspections = chance.below(2);
  return {
    figures: {
      study_sessions: sessions,
      study_attendance: {
        numerator: toAttend - chance.below(1 + Math.ceil(toAttend / 8)),
        denominator: toAttend,
      },
      broadcasts: chance.below(4),
      articles: chance.below(2),
      social_posts: chance.below(5),
      dialogues: chance.below(12) === 0 ? 1 : 0,
      recommendations_received: received,
      recommendations_resolved: received - pending,
      recommendations_pending: pending,
      ...(pending > 0 ? { longest_pending_days: 1 + chance.below(40) } : {}),
      members_admitted: { numerator: admitted, denominator: asked },
      // 45 a year are to be founded in the city, by the committees of 114 communes.
      enterprise_organisations_founded: unit.level === 'committee' && chance.below(1_000) < 32 ? 1 : 0,
      enterprise_members_admitted: unit.kind === 'enterprise' ? admitted : 0,
      inspections: { numerator: inspections > 0 && chance.below(6) === 0 ? 1 : 0, denominator: inspections },
      spending: `${String(chance.below(2))}.${String(chance.below(10))}`,
    },
    narratives: { results: RESULTS[chance.below(RESULTS.length)] ?? RESULTS[0] },
  };
}

/** How many members a cell is to admit in the year, and how many it has by the month. */
function admissions(
  { level }: ReportingUnit,
  ofYear: SeededRandom,
  month: number,
): { readonly asked: number; readonly admitted: number } {
  const draw = ofYear.below(100);
  const asked = level !== 'cell' ? 0 : draw < 4 ? 2 : draw < 42 ? 1 : 0;
  let admitted = 0;
  // One in thirteen is put off to the next year.
  for (let member = 0; member < asked; member += 1) if (1 + ofYear.below(13) <= month) admitted += 1;
  return { asked, admitted };
}
