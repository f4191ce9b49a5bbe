import { localDateOf, localTimeOf } from '@mach/domain';

/** `2026-11-14T09:05`, the value of a `datetime-local` field, in local time. */
export function localFieldValue(instant: number): string {
  return `${localDateOf(instant)}T${localTimeOf(instant)}`;
}

/**
 * Reads a `datetime-local` value as local time, for the wire: `2026-11-14T09:05:00+07:00`; null when
 * incomplete.
 */
export function fromLocalField(value: string): string | null {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(value) ? `${value}:00+07:00` : null;
}
