import {
  periodEndingFrom,
  refuseFarDay,
  type Instant,
  type LocalDate,
  type PeriodScheme,
  type Reason,
} from '@mach/domain';
import { ProblemException } from '../problems/problem.exception';

/** 422 with the domain's reasons, each at its field. */
export function refused(reasons: readonly Reason[]): ProblemException {
  return new ProblemException('request.invalid', { errors: reasons });
}

/** 422 about one field. */
export function refusedField(pointer: string, code: string, message: string): ProblemException {
  return refused([{ pointer, code, message }]);
}

/** Throws 422 for every named day that is too far from `today`; a day that is left out is no fault. */
export function requireNearDays(
  today: LocalDate,
  days: Readonly<Record<string, LocalDate | undefined>>,
  yearsAhead?: number,
): void {
  const reasons = Object.entries(days).flatMap(([field, day]) =>
    day === undefined ? [] : (refuseFarDay(day, `/${field}`, today, yearsAhead) ?? []),
  );
  if (reasons.length > 0) throw refused(reasons);
}

/** 409: what the field names exists already. */
export function taken(pointer: string, message: string): ProblemException {
  return new ProblemException('resource.conflict', {
    errors: [{ pointer, code: 'resource.conflict', message }],
  });
}

/** 422: the field names a unit that does not exist, or does not stand on that day. */
export function unknownUnit(pointer: string, code: string): ProblemException {
  return new ProblemException('unit.unknown', {
    errors: [
      { pointer, code: 'unit.unknown', message: `Không có đơn vị mang mã «${code}» vào thời điểm này.` },
    ],
  });
}

/** That a scheme has no period of that name, with one of its own as an example. */
export function notAPeriod(scheme: PeriodScheme, key: string, today: LocalDate): string {
  return `«${key}» không phải là kỳ của yêu cầu báo cáo này; viết như ${periodEndingFrom(scheme, today).key}.`;
}

/** Throws 412 unless what somebody saw of a thing, by its last change, is how it stands now. */
export function requireBase(seen: string | undefined, changedAt: Instant | null): void {
  const standing = changedAt === null ? undefined : new Date(changedAt).getTime();
  if ((seen === undefined ? undefined : Date.parse(seen)) !== standing)
    throw new ProblemException('reference.baseChanged');
}

/** 404: the address names something that does not exist. */
export function notFound(detail: string): ProblemException {
  return new ProblemException('resource.notFound', { detail });
}
