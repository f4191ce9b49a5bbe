import type { ImportListView, ImportRowChoice, ImportRowsView, ImportView } from '@mach/contracts';
import {
  type InfiniteData,
  keepPreviousData,
  queryOptions,
  type UseInfiniteQueryOptions,
  type UseQueryOptions,
} from '@tanstack/react-query';
import { request } from '../api/request';

const segment = encodeURIComponent;

/** The newest imports of the own subtree. */
export const importsQuery = queryOptions({
  queryKey: ['imports'],
  queryFn: ({ signal }) => request<ImportListView>('/imports', { signal }),
});

/** Follows an import while machines work on it, and for as long as its reports wait for their decision. */
export const importQuery = (
  id: string,
): UseQueryOptions<ImportView, Error, ImportView, readonly string[]> => ({
  queryKey: ['import', id],
  queryFn: ({ signal }) => request<ImportView>(`/imports/${segment(id)}`, { signal }),
  refetchInterval: ({ state: { data } }) => (data !== undefined && !isUnderWay(data) ? false : 1_000),
});

function isUnderWay({ state, counts }: ImportView): boolean {
  return state === 'reading' || state === 'applying' || (state === 'applied' && counts.outcomes.received > 0);
}

/** Rows of an import, a page at a time. */
export const importRowsQuery = (
  id: string,
  show: ImportRowChoice,
  state: ImportView['state'],
): UseInfiniteQueryOptions<
  ImportRowsView,
  Error,
  InfiniteData<ImportRowsView, number>,
  readonly string[],
  number
> => ({
  // What became of rows changes with the import's state.
  queryKey: ['import-rows', id, show, state],
  queryFn: ({ signal, pageParam }) =>
    request<ImportRowsView>(`/imports/${segment(id)}/rows?show=${show}&limit=50&after=${String(pageParam)}`, {
      signal,
    }),
  initialPageParam: 0,
  getNextPageParam: ({ next }) => next,
  placeholderData: keepPreviousData,
});
