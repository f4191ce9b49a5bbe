import type { PresenceView } from '@mach/contracts';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { presencePath } from '../api/queries';
import { request } from '../api/request';
import { newIdempotencyKey } from './idempotency-key';

const SAY_EVERY_MS = 4_000;

/**
 * Says every few seconds, while the page is looked at, that this report is open, and hears who else has it open and
 * what was saved last; says so too when the page is left. Null until the first answer.
 */
export function usePresence(obligationId: string, editable: boolean): PresenceView | null {
  const [page] = useState(newIdempotencyKey);
  const path = presencePath(obligationId, page);
  const { data } = useQuery({
    queryKey: ['presence', path],
    queryFn: ({ signal }) => request<PresenceView>(path, { method: 'PUT', signal }),
    enabled: editable,
    refetchInterval: SAY_EVERY_MS,
    refetchOnWindowFocus: true,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  useEffect(() => {
    if (!editable) return;
    const leave = (): void => {
      request(path, { method: 'DELETE', keepalive: true }).catch(() => undefined);
    };
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      leave();
    };
  }, [path, editable]);
  return data ?? null;
}
