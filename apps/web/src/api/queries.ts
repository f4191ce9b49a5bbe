import type {
  ClockView,
  NoticeListView,
  ObligationDetailView,
  ObligationPageView,
  ObligationView,
  ReportStatusView,
  RollupView,
  SessionView,
  SetAsideListView,
  WatchListView,
} from '@mach/contracts';
import { queryOptions } from '@tanstack/react-query';
import { noteServerTime } from '../time/server-clock';
import { RefusedError, request } from './request';

const segment = encodeURIComponent;

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<SessionView | null> => {
    try {
      return await request<SessionView>('/session', { signal });
    } catch (error) {
      if (error instanceof RefusedError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: Infinity,
});

export const clockQuery = queryOptions({
  queryKey: ['clock'],
  queryFn: async ({ signal }) => {
    const clock = await request<ClockView>('/clock', { signal });
    noteServerTime(clock.now);
    return clock;
  },
  refetchInterval: 30_000,
});

export const watchQuery = queryOptions({
  queryKey: ['watch'],
  queryFn: ({ signal }) => request<WatchListView>('/watch', { signal }),
  staleTime: 60_000,
});

export interface RollupAddress {
  readonly requirement: string;
  readonly period: string;
  readonly unit: string;
}

export const rollupQuery = ({ requirement, period, unit }: RollupAddress) =>
  queryOptions({
    queryKey: ['rollup', requirement, period, unit],
    queryFn: async ({ signal }) => {
      const view = await request<RollupView>(`/rollups/${segment(requirement)}/${segment(period)}/${segment(unit)}`, { signal });
      noteServerTime(view.readAt);
      return view;
    },
    refetchInterval: 30_000,
  });

/** Every obligation of the own subtree, page by page; a committee searches it on the screen. */
export const obligationsQuery = queryOptions({
  queryKey: ['obligations'],
  queryFn: async ({ signal }): Promise<readonly ObligationView[]> => {
    const items: ObligationView[] = [];
    let cursor: string | null = null;
    do {
      const after: string = cursor === null ? '' : `&cursor=${segment(cursor)}`;
      const page: ObligationPageView = await request<ObligationPageView>(`/obligations?limit=500${after}`, { signal });
      items.push(...page.items);
      cursor = page.next;
    } while (cursor !== null);
    return items;
  },
});

export const obligationQuery = (id: string) =>
  queryOptions({
    queryKey: ['obligation', id],
    queryFn: ({ signal }) => request<ObligationDetailView>(`/obligations/${segment(id)}`, { signal }),
    staleTime: Infinity,
    gcTime: 0,
  });

/** Follows a receipt until it is decided: quickly at first, then every few seconds. */
export const reportStatusQuery = (receiptNumber: string) =>
  queryOptions({
    queryKey: ['report', receiptNumber],
    queryFn: ({ signal }) => request<ReportStatusView>(`/reports/${segment(receiptNumber)}`, { signal }),
    refetchInterval: (query) => {
      if (query.state.data && query.state.data.state !== 'received') return false;
      return query.state.dataUpdateCount < 10 ? 500 : 3_000;
    },
  });

export const noticesQuery = queryOptions({
  queryKey: ['notices'],
  queryFn: ({ signal }) => request<NoticeListView>('/notices', { signal }),
  refetchInterval: 30_000,
});

export const setAsideQuery = queryOptions({
  queryKey: ['set-aside'],
  queryFn: ({ signal }) => request<SetAsideListView>('/set-aside', { signal }),
  refetchInterval: 30_000,
});
