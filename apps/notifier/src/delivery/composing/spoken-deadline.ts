import { daysBetween, localDateOf, localTimeOf, type Instant } from '@mach/domain';

const WEEKDAYS = ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'];
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** `17/11/2026` */
function spokenDate(instant: Instant): string {
  return localDateOf(instant).split('-').reverse().join('/');
}

/** `17h00 17/11/2026`, for an SMS. */
export function shortDeadline(instant: Instant): string {
  return `${localTimeOf(instant).replace(':', 'h')} ${spokenDate(instant)}`;
}

/** `17 giờ 00, thứ Ba, ngày 17/11/2026` */
export function spokenDeadline(instant: Instant): string {
  const weekday = WEEKDAYS[new Date(`${localDateOf(instant)}T00:00:00Z`).getUTCDay()] ?? '';
  return `${localTimeOf(instant).replace(':', ' giờ ')}, ${weekday}, ngày ${spokenDate(instant)}`;
}

/**
 * How far away a deadline is, in calendar days and on its own day in hours: «còn 1 ngày», «còn 9 giờ», «quá
 * hạn 2 ngày».
 */
export function spokenDistance(deadline: Instant, now: Instant): string {
  const days = daysBetween(localDateOf(now), localDateOf(deadline));
  const late = now > deadline;
  if (days !== 0) return late ? `quá hạn ${String(-days)} ngày` : `còn ${String(days)} ngày`;
  const distance = Math.abs(deadline - now);
  const amount =
    distance >= HOUR_MS
      ? `${String(Math.floor(distance / HOUR_MS))} giờ`
      : `${String(Math.max(1, Math.floor(distance / MINUTE_MS)))} phút`;
  return late ? `quá hạn ${amount}` : `còn ${amount}`;
}

/** A period's label in the middle of a sentence: `Tháng 11/2026` → `tháng 11/2026`. */
export function midSentence(label: string): string {
  return label.slice(0, 1).toLocaleLowerCase('vi') + label.slice(1);
}
