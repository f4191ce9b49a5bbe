import type { FiguresChanged } from '@mach/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { BROWSER_TIMERS, Coalescer } from './coalescer';

export type LiveState = 'connecting' | 'live' | 'lost';

const GAP_MS = 1_000;
const RECONNECT_AFTER_MS = 3_000;

/**
 * Listens to the hints «these figures changed» and reads the roll-ups on screen again, at most once a second.
 * A hint may be
 * lost: after every (re)connection the figures are read, and each query reads by itself every 30 s.
 */
export function useLiveFigures(requirement: string, period: string): LiveState {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => {
    const refresh = () =>
      client.refetchQueries(
        { queryKey: ['rollup', requirement, period], type: 'active' },
        { cancelRefetch: false },
      );
    const coalescer = new Coalescer(refresh, GAP_MS, BROWSER_TIMERS);
    let source: EventSource | null = null;
    let reconnect: ReturnType<typeof setTimeout> | undefined;
    let opened = 0;

    const connect = (): void => {
      const query = new URLSearchParams({ requirement, period });
      source = new EventSource(`/api/v1/events?${query.toString()}`);
      source.addEventListener('open', () => {
        setState('live');
        opened += 1;
        if (opened > 1) coalescer.request();
      });
      source.addEventListener('figures', (event: MessageEvent<string>) => {
        const changed = JSON.parse(event.data) as FiguresChanged;
        if (changed.requirement === requirement && changed.period === period) coalescer.request();
      });
      source.addEventListener('error', () => {
        setState('lost');
        // The browser reconnects by itself unless it was answered with an error; then we try again.
        if (source?.readyState === EventSource.CLOSED) reconnect = setTimeout(connect, RECONNECT_AFTER_MS);
      });
    };
    connect();

    return () => {
      clearTimeout(reconnect);
      source?.close();
      coalescer.stop();
    };
  }, [client, requirement, period]);
  return state;
}
