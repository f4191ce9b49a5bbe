/** Time as people read it in Hải Phòng. Việt Nam keeps UTC+7 all year, so local time is plain arithmetic. */
const OFFSET_MS = 7 * 3_600_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const WEEKDAYS = ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'];

const local = (instant: number): Date => new Date(instant + OFFSET_MS);
const two = (value: number): string => String(value).padStart(2, '0');
const dayNumber = (instant: number): number => Math.floor((instant + OFFSET_MS) / DAY_MS);

/** `14/11/2026` */
function showDate(instant: number): string {
  const at = local(instant);
  return `${two(at.getUTCDate())}/${two(at.getUTCMonth() + 1)}/${String(at.getUTCFullYear())}`;
}

/** `09:05` */
export function showTime(instant: number): string {
  const at = local(instant);
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
}

/** `09:05:12` */
export function showClock(instant: number): string {
  return `${showTime(instant)}:${two(local(instant).getUTCSeconds())}`;
}

/** `14/11/2026 09:05` */
export function showDateTime(instant: number): string {
  return `${showDate(instant)} ${showTime(instant)}`;
}

/** `17:00 thứ Ba 17/11/2026`, as a deadline is spoken. */
export function showDeadline(instant: number): string {
  return `${showTime(instant)} ${WEEKDAYS[local(instant).getUTCDay()] ?? ''} ${showDate(instant)}`;
}

/** `2026-11-14` as `14/11/2026`; a day needs no time zone. */
export function showDay(date: string): string {
  return date.split('-').reverse().join('/');
}

/**
 * How far a deadline is, in days of the calendar and, on its own day, in hours: «còn 2 ngày», «còn 3 giờ»,
 * «quá hạn 1 ngày».
 */
export function deadlineWords(now: number, deadline: number): string {
  const left = deadline - now;
  const days = dayNumber(deadline) - dayNumber(now);
  if (left >= 0) {
    if (days >= 1) return `còn ${String(days)} ngày`;
    return left >= HOUR_MS
      ? `còn ${String(Math.floor(left / HOUR_MS))} giờ`
      : `còn ${String(Math.max(1, Math.ceil(left / MINUTE_MS)))} phút`;
  }
  if (days <= -1) return `quá hạn ${String(-days)} ngày`;
  return -left >= HOUR_MS ? `quá hạn ${String(Math.floor(-left / HOUR_MS))} giờ` : 'vừa quá hạn';
}

/** How old something is: «vừa xong», «12 giây trước», «5 phút trước», «3 giờ trước», «2 ngày trước». */
export function ageWords(now: number, at: number): string {
  const age = Math.max(0, now - at);
  if (age < 2_000) return 'vừa xong';
  if (age < MINUTE_MS) return `${String(Math.floor(age / 1_000))} giây trước`;
  if (age < HOUR_MS) return `${String(Math.floor(age / MINUTE_MS))} phút trước`;
  if (age < DAY_MS) return `${String(Math.floor(age / HOUR_MS))} giờ trước`;
  return `${String(Math.floor(age / DAY_MS))} ngày trước`;
}

/** `2026-11-14T09:05`, the value of a `datetime-local` field, in local time. */
export function localFieldValue(instant: number): string {
  return local(instant).toISOString().slice(0, 16);
}

/**
 * Reads a `datetime-local` value as local time, for the wire: `2026-11-14T09:05:00+07:00`; null when
 * incomplete.
 */
export function fromLocalField(value: string): string | null {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(value) ? `${value}:00+07:00` : null;
}
