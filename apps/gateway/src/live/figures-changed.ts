import type { FiguresChanged } from '@mach/contracts';

const UNITS_AT_MOST = 20_000;

/** A hint off the wire, or null when it is none: Redis publish/subscribe is open to whoever reaches Redis. */
export function readFiguresChanged(payload: unknown): FiguresChanged | null {
  if (typeof payload !== 'object' || payload === null) return null;
  const { requirement, period, units } = payload as Readonly<Record<string, unknown>>;
  if (
    typeof requirement !== 'string' ||
    typeof period !== 'string' ||
    !Array.isArray(units) ||
    units.length > UNITS_AT_MOST
  )
    return null;
  return { requirement, period, units: units.filter((unit): unit is string => typeof unit === 'string') };
}
