import { useNavigate, useSearch } from '@tanstack/react-router';
import type { NodeSearch } from '../app/search-params';

const NODE = '/theo-doi/$requirement/$period/$unit';

/** A place in the way from a figure down to its reports. */
export interface LineagePlace {
  /** Code of the indicator. */
  readonly indicator: string;
  /** The unit whose figure it is; null: that of the page. */
  readonly unit: string | null;
  /** The report looked at. */
  readonly receipt: string | null;
}

/** Where the way down stands, as the address holds it, and how to go on; each step can be gone back. */
export function useLineagePlace(): readonly [LineagePlace | null, (place: LineagePlace | null) => void] {
  const { so, cua, phieu } = useSearch({ from: `/signed-in${NODE}` });
  const navigate = useNavigate({ from: NODE });
  return [
    so === undefined ? null : { indicator: so, unit: cua ?? null, receipt: phieu ?? null },
    (place) => {
      void navigate({
        search: (before) =>
          ({
            ...before,
            so: place?.indicator,
            cua: place?.unit ?? undefined,
            phieu: place?.receipt ?? undefined,
          }) as NodeSearch,
        resetScroll: false,
      });
    },
  ];
}
