/**
 * Time in Mạch: an `Instant` is milliseconds since the Unix epoch; a `LocalDate` is a day in Hải Phòng.
 * Việt Nam keeps UTC+7 all year round (no daylight saving since 1975), so the conversion is plain arithmetic
 * and the domain needs no time library.
 */
export type Instant = number;
/** `YYYY-MM-DD` in Asia/Ho_Chi_Minh. Sorts as text. */
export type LocalDate = string;
/** `HH:MM`, 24 hours, in Asia/Ho_Chi_Minh. */
export type LocalTime = string;

const OFFSET_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;

/** The instant at which the local wall clock shows `date` `time`. */
export function instantAt(date: LocalDate, time: LocalTime): Instant {
  return Date.parse(`${date}T${time}:00.000+07:00`);
}

/** The local day on which `instant` falls. */
export function localDateOf(instant: Instant): LocalDate {
  return new Date(instant + OFFSET_MS).toISOString().slice(0, 10);
}

/** The local wall-clock time of `instant`, to the minute. */
export function localTimeOf(instant: Instant): LocalTime {
  return new Date(instant + OFFSET_MS).toISOString().slice(11, 16);
}

/** `date` moved by whole days (negative: back). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from `from` to `to` (negative when `to` is earlier). */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** Whether `text` is a real calendar day written `YYYY-MM-DD`. */
export function isLocalDate(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) &&
    addDays(text, 0) === text
  );
}
