import type { FigureLineageView, ReportLineageView } from '@mach/contracts';
import type { InfiniteData, UseInfiniteQueryOptions, UseQueryOptions } from '@tanstack/react-query';
import type { RollupAddress } from '../api/queries';
import { request } from '../api/request';

const segment = encodeURIComponent;

/** What a figure is made of, the largest parts first, a page at a time. */
export function figureLineageQuery(
  { requirement, period, unit }: RollupAddress,
  indicator: string,
): UseInfiniteQueryOptions<
  FigureLineageView,
  Error,
  InfiniteData<FigureLineageView, string>,
  readonly string[],
  string
> {
  return {
    queryKey: ['lineage', requirement, period, unit, indicator],
    queryFn: ({ signal, pageParam }) =>
      request<FigureLineageView>(
        `/rollups/${[requirement, period, unit].map(segment).join('/')}/figures/${segment(indicator)}${pageParam === '' ? '' : `?after=${segment(pageParam)}`}`,
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ rest }) => rest?.after,
  };
}

/** What became of a report, and which totals it entered. */
export function reportLineageQuery(
  receiptNumber: string,
): UseQueryOptions<ReportLineageView, Error, ReportLineageView, readonly string[]> {
  return {
    queryKey: ['report-lineage', receiptNumber],
    queryFn: ({ signal }) =>
      request<ReportLineageView>(`/reports/${segment(receiptNumber)}/lineage`, { signal }),
  };
}
