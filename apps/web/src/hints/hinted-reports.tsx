import { showCount } from '@mach/domain';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { RollupAddress } from '../api/queries';
import { hintedReportsQuery } from './hint-queries';
import './hints.css';

/** Shown at first: the rest is asked for. */
const AT_FIRST = 5;

/** Reports below a node that carry hints, those with most first; nothing when none does. */
export function HintedReports({ address }: { readonly address: RollupAddress }): ReactNode {
  const { data } = useQuery(hintedReportsQuery(address));
  const here = useLocation({ select: ({ href }) => href });
  const [all, setAll] = useState(false);
  if (data === undefined || data.total === 0) return null;
  const shown = all ? data.items : data.items.slice(0, AT_FIRST);
  return (
    <section className="card" aria-labelledby="can-luu-y" data-testid="hinted-reports">
      <div className="card-head">
        <h2 id="can-luu-y">
          Báo cáo cần lưu ý <span className="soft">({showCount(data.total)})</span>
        </h2>
      </div>
      <ul className="hinted-reports">
        {shown.map(({ obligationId, unit, hints, message }) => (
          <li key={obligationId}>
            <Link
              to="/bao-cao/$obligationId"
              params={{ obligationId }}
              state={{ from: here }}
              preload={false}
            >
              {unit.name}
            </Link>
            <span className="soft small"> · {showCount(hints)} điểm</span>
            <p className="small">{message}</p>
          </li>
        ))}
      </ul>
      {shown.length === data.items.length ? null : (
        <p className="hinted-reports">
          <button
            type="button"
            className="button button-small"
            onClick={() => {
              setAll(true);
            }}
          >
            Xem thêm {showCount(data.items.length - shown.length)} báo cáo
          </button>
        </p>
      )}
    </section>
  );
}
