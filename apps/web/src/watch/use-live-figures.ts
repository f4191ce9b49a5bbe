import type { FiguresChanged, LiveBeat, LiveLeave } from '@mach/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { BROWSER_TIMERS, Coalescer } from './coalescer';
import { LiveLink, type LiveState, type OpenStream } from './live-link';

const GAP_MS = 1_000;

export interface Live {
  readonly state: LiveState;
  /** When the server was last heard over the stream, by its own clock; null before. */
  readonly heardAt: string | null;
}

/**
 * Listens to the hints «these figures changed» and reads the roll-ups on screen again, at most once a second.
 * A hint may be lost: after every return of the link the figures are read, and each query reads by itself every
 * 30 s.
 */
export function useLiveFigures(requirement: string, period: string): Live {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  const [heardAt, setHeardAt] = useState<string | null>(null);
  useEffect(() => {
    const refresh = () =>
      client.refetchQueries(
        { queryKey: ['rollup', requirement, period], type: 'active' },
        { cancelRefetch: false },
      );
    const coalescer = new Coalescer(refresh, GAP_MS, BROWSER_TIMERS);
    const link = new LiveLink({
      open: streamOf(requirement, period),
      timers: BROWSER_TIMERS,
      isOnline: () => navigator.onLine,
      tell: setState,
      heard: setHeardAt,
      refresh: () => {
        coalescer.request();
      },
    });
    const online = (): void => {
      link.online();
    };
    const offline = (): void => {
      link.offline();
    };
    addEventListener('online', online);
    addEventListener('offline', offline);
    link.start();
    return () => {
      removeEventListener('online', online);
      removeEventListener('offline', offline);
      link.stop();
      coalescer.stop();
    };
  }, [client, requirement, period]);
  return { state, heardAt };
}

function streamOf(requirement: string, period: string): OpenStream {
  return (events) => {
    const query = new URLSearchParams({ requirement, period });
    const source = new EventSource(`/api/v1/events?${query.toString()}`);
    const on = (name: string, told: (data: string) => void): void => {
      source.addEventListener(name, (event: MessageEvent<string>) => {
        told(event.data);
      });
    };
    on('beat', (data) => {
      events.heard((JSON.parse(data) as LiveBeat).at);
    });
    on('figures', (data) => {
      const changed = JSON.parse(data) as FiguresChanged;
      events.heard(null);
      if (changed.requirement === requirement && changed.period === period) events.changed();
    });
    on('leave', (data) => {
      events.leave((JSON.parse(data) as LiveLeave).retryMs);
    });
    // The link decides when to join again; the browser would wait for an answer that a dead link never gives.
    source.addEventListener('error', () => {
      events.broken();
    });
    return () => {
      source.close();
    };
  };
}
