import { useEffect, useState } from 'react';

/**
 * The server's clock as seen from here. Deadlines and ages are told against it, never against the visitor's own clock,
 * which may be wrong, and which a demonstration moves.
 */
let offsetMs = 0;

export function noteServerTime(iso: string): void {
  const now = Date.parse(iso);
  if (!Number.isNaN(now)) offsetMs = now - Date.now();
}

export function serverNow(): number {
  return Date.now() + offsetMs;
}

/** The server's time, re-read every `everyMs`. */
export function useServerNow(everyMs: number): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(serverNow());
    }, everyMs);
    return () => {
      clearInterval(timer);
    };
  }, [everyMs]);
  return now;
}
