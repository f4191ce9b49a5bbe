import { useEffect, useState } from 'react';

/**
 * The server's clock as seen from here. Deadlines and ages are told against it, never against the visitor's
 * own clock,
 * which may be wrong, and which a demonstration moves.
 */
let offsetMs = 0;
const watchers = new Set<() => void>();

/** A difference smaller than this is the time that the answer travelled. */
const JUMP_MS = 1_000;

export function noteServerTime(iso: string): void {
  const now = Date.parse(iso);
  if (Number.isNaN(now)) return;
  const before = offsetMs;
  offsetMs = now - Date.now();
  if (Math.abs(offsetMs - before) < JUMP_MS) return;
  for (const tell of watchers) tell();
}

export function serverNow(): number {
  return Date.now() + offsetMs;
}

/** The server's time, re-read every `everyMs`, and at once when the clock is found to stand elsewhere. */
export function useServerNow(everyMs: number): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const tell = (): void => {
      setNow(serverNow());
    };
    const timer = setInterval(tell, everyMs);
    watchers.add(tell);
    tell();
    return () => {
      clearInterval(timer);
      watchers.delete(tell);
    };
  }, [everyMs]);
  return now;
}
