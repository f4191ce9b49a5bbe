import type {
  ActListView,
  ChildrenComparisonView,
  ClockView,
  CompiledTextsView,
  ComparisonView,
  FormDetailView,
  SuggestedRulesView,
  FormView,
  IndicatorDetailView,
  IndicatorListView,
  DraftAnswer,
  FileListView,
  DraftView,
  NoticeListView,
  ObligationDetailView,
  ObligationView,
  PrefillView,
  ReportStatusView,
  RequirementAdministrationView,
  ReviewListView,
  ReviewView,
  RollupView,
  SessionView,
  SetAsideListView,
  VerificationListView,
  WatchListView,
} from '@mach/contracts';
import type { FigureView } from '@mach/domain';
import {
  type InfiniteData,
  keepPreviousData,
  queryOptions,
  type UseInfiniteQueryOptions,
  type UseQueryOptions,
} from '@tanstack/react-query';
import type { IndicatorsSearch, LedgerSearch, ReviewSort } from '../app/search-params';
import { noteServerTime } from '../time/server-clock';
import { RefusedError, request, requestAll } from './request';

/** What reads one thing, named by a list of texts. */
type Query<T> = UseQueryOptions<T, Error, T, readonly string[]>;

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

export const rollupPath = ({ requirement, period, unit }: RollupAddress): string =>
  `/rollups/${segment(requirement)}/${segment(period)}/${segment(unit)}`;

export const rollupQuery = (address: RollupAddress, shown: FigureView): Query<RollupView> => ({
  queryKey: ['rollup', address.requirement, address.period, address.unit, 'figures', shown],
  queryFn: async ({ signal }) => {
    const view = await request<RollupView>(`${rollupPath(address)}?view=${shown}`, { signal });
    noteServerTime(view.readAt);
    return view;
  },
  // While another view of the same node is read, the one on screen stays, under its own name.
  placeholderData: (before) =>
    before?.node.unit.code === address.unit &&
    before.period.key === address.period &&
    before.requirement.code === address.requirement
      ? before
      : undefined,
  refetchInterval: 30_000,
});

export interface TextsAddress extends RollupAddress {
  /** Code of a narrative, or of an indicator whose figure is a text. */
  readonly code: string;
  readonly words: string;
}

/** What the units of a node's subtree wrote under one heading, a page at a time. */
export const compiledTextsQuery = ({
  requirement,
  period,
  unit,
  code,
  words,
}: TextsAddress): UseInfiniteQueryOptions<
  CompiledTextsView,
  Error,
  InfiniteData<CompiledTextsView, string>,
  readonly string[],
  string
> => ({
  queryKey: ['texts', requirement, period, unit, code, words],
  queryFn: ({ signal, pageParam }) => {
    const asked = new URLSearchParams();
    if (words !== '') asked.set('q', words);
    if (pageParam !== '') asked.set('cursor', pageParam);
    const path = ['rollups', requirement, period, unit, 'texts', code].map(segment).join('/');
    return request<CompiledTextsView>(`/${path}?${asked.toString()}`, { signal });
  },
  initialPageParam: '',
  getNextPageParam: ({ next }) => next,
});

const comparisonPath = (address: RollupAddress): string => `${rollupPath(address)}/comparison`;

/** Read again with the roll-up itself, whose key is the beginning of this one. */
export const comparisonQuery = (address: RollupAddress): Query<ComparisonView> => ({
  queryKey: ['rollup', address.requirement, address.period, address.unit, 'comparison'],
  queryFn: ({ signal }) => request<ComparisonView>(comparisonPath(address), { signal }),
  refetchInterval: 30_000,
});

/** The units below side by side, of one indicator. */
export const childrenComparisonQuery = (
  address: RollupAddress,
  indicator: string,
): Query<ChildrenComparisonView> => ({
  queryKey: ['rollup', address.requirement, address.period, address.unit, 'children', indicator],
  queryFn: ({ signal }) =>
    request<ChildrenComparisonView>(`${comparisonPath(address)}/children?indicator=${segment(indicator)}`, {
      signal,
    }),
  placeholderData: keepPreviousData,
  refetchInterval: 30_000,
});

/** Every obligation of the own subtree; a committee searches it on the screen. */
export const obligationsQuery = queryOptions({
  queryKey: ['obligations'],
  queryFn: ({ signal }) => requestAll<ObligationView>('/obligations?limit=1000', signal),
});

export const obligationQuery = (id: string): Query<ObligationDetailView> => ({
  queryKey: ['obligation', id],
  queryFn: ({ signal }) => request<ObligationDetailView>(`/obligations/${segment(id)}`, { signal }),
  staleTime: Infinity,
  gcTime: 0,
});

const obligationPath = (id: string, part: string): string => `/obligations/${segment(id)}/${part}`;

export const draftPath = (id: string): string => obligationPath(id, 'draft');

export const presencePath = (id: string, page: string): string => obligationPath(id, `presence/${page}`);

/** The server's draft as it stood when the page was opened; null when there was never one. */
export const draftQuery = (id: string): Query<DraftView | null> => ({
  queryKey: ['draft', id],
  queryFn: async ({ signal }) => (await request<DraftAnswer>(draftPath(id), { signal })).draft,
  staleTime: Infinity,
  gcTime: 0,
  // Without an answer the page opens with what this browser keeps.
  retry: false,
});

/** What of a report is known already. */
export const prefillQuery = (id: string): Query<PrefillView> => ({
  queryKey: ['prefill', id],
  queryFn: ({ signal }) => request<PrefillView>(obligationPath(id, 'prefill'), { signal }),
  staleTime: Infinity,
  gcTime: 0,
  retry: false,
});

/** Follows a receipt until it is decided: quickly at first, then every few seconds. */
export const reportStatusQuery = (receiptNumber: string): Query<ReportStatusView> => ({
  queryKey: ['report', receiptNumber],
  queryFn: ({ signal }) => request<ReportStatusView>(`/reports/${segment(receiptNumber)}`, { signal }),
  refetchInterval: (query) => {
    if (query.state.data && query.state.data.state !== 'received') return false;
    return query.state.dataUpdateCount < 10 ? 500 : 3_000;
  },
});

/** The ledger's rows that `search` finds, a page at a time; the pages shown stay while others are looked for. */
export const noticesQuery = (
  search: LedgerSearch,
): UseInfiniteQueryOptions<
  NoticeListView,
  Error,
  InfiniteData<NoticeListView, string>,
  readonly [string, LedgerSearch],
  string
> => ({
  queryKey: ['notices', search],
  queryFn: ({ signal, pageParam }) => {
    const asked = new URLSearchParams({ limit: '50' });
    const wanted = {
      q: search.tim,
      requirement: search['yeu-cau'],
      period: search.ky,
      step: search.nac,
      state: search['trang-thai'],
      cursor: pageParam,
    };
    for (const [name, value] of Object.entries(wanted))
      if (value !== undefined && value !== '') asked.set(name, value);
    return request<NoticeListView>(`/notices?${asked.toString()}`, { signal });
  },
  initialPageParam: '',
  getNextPageParam: ({ next }) => next,
  placeholderData: keepPreviousData,
  refetchInterval: 60_000,
});

/** The catalogue's indicators that `search` finds, a page at a time. */
export const indicatorsQuery = (
  search: IndicatorsSearch,
): UseInfiniteQueryOptions<
  IndicatorListView,
  Error,
  InfiniteData<IndicatorListView, string>,
  readonly [string, IndicatorsSearch],
  string
> => ({
  queryKey: ['indicators', search],
  queryFn: ({ signal, pageParam }) => {
    const asked = new URLSearchParams({ limit: '50' });
    const wanted = { q: search.tim, type: search.kieu, cursor: pageParam };
    for (const [name, value] of Object.entries(wanted))
      if (value !== undefined && value !== '') asked.set(name, value);
    return request<IndicatorListView>(`/indicators?${asked.toString()}`, { signal });
  },
  initialPageParam: '',
  getNextPageParam: ({ next }) => next,
  placeholderData: keepPreviousData,
});

export const indicatorQuery = (code: string): Query<IndicatorDetailView> => ({
  queryKey: ['indicator', code],
  queryFn: ({ signal }) => request<IndicatorDetailView>(`/indicators/${segment(code)}`, { signal }),
});

/** Every requirement as it is administered. */
export const requirementsQuery = queryOptions({
  queryKey: ['requirements'],
  queryFn: ({ signal }) =>
    request<{ readonly items: readonly RequirementAdministrationView[] }>('/requirements', { signal }),
});

export const formsQuery = queryOptions({
  queryKey: ['forms'],
  queryFn: ({ signal }) => request<{ readonly items: readonly FormView[] }>('/forms', { signal }),
});

export const formQuery = (code: string): Query<FormDetailView> => ({
  queryKey: ['form', code],
  queryFn: ({ signal }) => request<FormDetailView>(`/forms/${segment(code)}`, { signal }),
});

export const suggestedRulesQuery = (code: string): Query<SuggestedRulesView> => ({
  queryKey: ['form', code, 'suggested-rules'],
  queryFn: ({ signal }) => request<SuggestedRulesView>(`/forms/${segment(code)}/suggested-rules`, { signal }),
});

/** What each sort of work on «Duyệt báo cáo» asks for. */
const ASKED_OF_REVIEWS: Readonly<Record<ReviewSort, Readonly<Record<string, string>>>> = {
  'cho-duyet': {},
  'tra-lai': { state: 'returned,figures_returned' },
  'da-duyet': { state: 'approved' },
  'gia-han': { what: 'extensions' },
};

interface ReviewsAsked {
  readonly sort: ReviewSort;
  readonly words: string;
}

/** What waits for the own unit as superior, a page at a time. */
export const reviewsQuery = (
  asked: ReviewsAsked,
): UseInfiniteQueryOptions<
  ReviewListView,
  Error,
  InfiniteData<ReviewListView, string>,
  readonly [string, ReviewsAsked],
  string
> => ({
  queryKey: ['reviews', asked],
  queryFn: ({ signal, pageParam }) => {
    const query = new URLSearchParams({ limit: '50', ...ASKED_OF_REVIEWS[asked.sort] });
    if (asked.words !== '') query.set('q', asked.words);
    if (pageParam !== '') query.set('cursor', pageParam);
    return request<ReviewListView>(`/reviews?${query.toString()}`, { signal });
  },
  initialPageParam: '',
  getNextPageParam: ({ next }) => next,
  placeholderData: keepPreviousData,
  refetchInterval: 60_000,
});

export const reviewQuery = (id: string): Query<ReviewView> => ({
  queryKey: ['review', id],
  queryFn: ({ signal }) => request<ReviewView>(`/reviews/${segment(id)}`, { signal }),
});

/** The record of an obligation, and what of it is this account's to do. */
export const actsQuery = (id: string): Query<ActListView> => ({
  queryKey: ['acts', id],
  queryFn: ({ signal }) => request<ActListView>(obligationPath(id, 'acts'), { signal }),
});

export const setAsideQuery = queryOptions({
  queryKey: ['set-aside'],
  queryFn: ({ signal }) => request<SetAsideListView>('/set-aside', { signal }),
  refetchInterval: 30_000,
});

/** The last verifications; looked at often while one is under way. */
export const verificationsQuery = queryOptions({
  queryKey: ['verifications'],
  queryFn: ({ signal }) => request<VerificationListView>('/verifications', { signal }),
  refetchInterval: (query) =>
    query.state.data?.items.some(({ finishedAt }) => finishedAt === null) ? 2_000 : 60_000,
});

/** The files kept for an obligation. */
export function filesQuery(obligationId: string): Query<FileListView> {
  return {
    queryKey: ['files', obligationId],
    queryFn: ({ signal }) => request<FileListView>(`/obligations/${segment(obligationId)}/files`, { signal }),
  };
}
