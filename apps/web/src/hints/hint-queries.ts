import type { HintedReportsView, ReportHintsView, UsualView } from '@mach/contracts';
import type { UseQueryOptions } from '@tanstack/react-query';
import type { RollupAddress } from '../api/queries';
import { request } from '../api/request';

/** What reads one thing, named by a list of texts. */
type Query<T> = UseQueryOptions<T, Error, T, readonly string[]>;

const segment = encodeURIComponent;

/** What is strange about the report that counts for an obligation. */
export const hintsQuery = (obligationId: string): Query<ReportHintsView> => ({
  queryKey: ['hints', obligationId],
  queryFn: ({ signal }) =>
    request<ReportHintsView>(`/obligations/${segment(obligationId)}/hints`, { signal }),
});

/** What the figures of an obligation are compared with; it does not change while they are typed. */
export const usualQuery = (obligationId: string): Query<UsualView> => ({
  queryKey: ['usual', obligationId],
  queryFn: ({ signal }) => request<UsualView>(`/obligations/${segment(obligationId)}/usual`, { signal }),
  staleTime: Infinity,
});

export const hintedReportsQuery = ({
  requirement,
  period,
  unit,
}: RollupAddress): Query<HintedReportsView> => ({
  queryKey: ['hinted', requirement, period, unit],
  queryFn: ({ signal }) =>
    request<HintedReportsView>(`/rollups/${segment(requirement)}/${segment(period)}/${segment(unit)}/hints`, {
      signal,
    }),
  refetchInterval: 60_000,
});
