import { daysBetween, localDateOf, localTimeOf, type Instant, type LocalDate } from './time';

/**
 * Time as people read it in Hải Phòng: on the screens, in e-mails and in SMS. Every distance is rounded towards zero, so
 * that nobody is promised a minute more than there is, and the screen says what the letter says.
 */
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const WEEKDAYS = ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'];

/** `2026-11-14` as `14/11/2026`. */
export function showDay(date: LocalDate): string {
  return date.split('-').reverse().join('/');
}

/** `09:05:12` */
export function showClock(instant: Instant): string {
  const seconds = new Date(instant).getUTCSeconds();
  return `${localTimeOf(instant)}:${String(seconds).padStart(2, '0')}`;
}

/** `14/11/2026 09:05` */
export function showDateTime(instant: Instant): string {
  return `${showDay(localDateOf(instant))} ${localTimeOf(instant)}`;
}

/** `17:00 thứ Ba 17/11/2026`, a deadline on a screen. */
export function showDeadline(instant: Instant): string {
  return `${localTimeOf(instant)} ${weekdayOf(instant)} ${showDay(localDateOf(instant))}`;
}

/** `17h00 17/11/2026`, a deadline in an SMS. */
export function shortDeadline(instant: Instant): string {
  return `${localTimeOf(instant).replace(':', 'h')} ${showDay(localDateOf(instant))}`;
}

/** `17 giờ 00, thứ Ba, ngày 17/11/2026`, a deadline in a letter. */
export function spokenDeadline(instant: Instant): string {
  const time = localTimeOf(instant).replace(':', ' giờ ');
  return `${time}, ${weekdayOf(instant)}, ngày ${showDay(localDateOf(instant))}`;
}

/**
 * How far a deadline is, in days of the calendar and, on its own day, in hours or minutes: «còn 2 ngày», «còn 3 giờ»,
 * «còn chưa đầy 1 phút», «vừa quá hạn», «quá hạn 20 phút», «quá hạn 1 ngày».
 */
export function deadlineWords(now: Instant, deadline: Instant): string {
  const late = now > deadline;
  const said = (amount: string): string => (late ? `quá hạn ${amount}` : `còn ${amount}`);
  const days = Math.abs(daysBetween(localDateOf(now), localDateOf(deadline)));
  if (days > 0) return said(`${String(days)} ngày`);
  const distance = Math.abs(deadline - now);
  if (distance >= HOUR_MS) return said(whole(distance, HOUR_MS, 'giờ'));
  if (distance >= MINUTE_MS) return said(whole(distance, MINUTE_MS, 'phút'));
  return late ? 'vừa quá hạn' : 'còn chưa đầy 1 phút';
}

/** How old something is: «vừa xong», «12 giây trước», «5 phút trước», «3 giờ trước», «2 ngày trước». */
export function ageWords(now: Instant, at: Instant): string {
  const age = Math.max(0, now - at);
  if (age < 2 * SECOND_MS) return 'vừa xong';
  if (age < MINUTE_MS) return `${whole(age, SECOND_MS, 'giây')} trước`;
  if (age < HOUR_MS) return `${whole(age, MINUTE_MS, 'phút')} trước`;
  if (age < DAY_MS) return `${whole(age, HOUR_MS, 'giờ')} trước`;
  return `${whole(age, DAY_MS, 'ngày')} trước`;
}

function weekdayOf(instant: Instant): string {
  return WEEKDAYS[new Date(`${localDateOf(instant)}T00:00:00Z`).getUTCDay()] ?? '';
}

function whole(span: number, unit: number, word: string): string {
  return `${String(Math.floor(span / unit))} ${word}`;
}
