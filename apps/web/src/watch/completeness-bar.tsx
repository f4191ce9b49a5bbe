import type { RollupRowView } from '@mach/contracts';
import type { ReactNode } from 'react';
import { stepOf } from './completeness';

/** How complete a node is; the number stands beside it, so the bar itself is silent to screen readers. */
export function CompletenessBar({
  row,
}: {
  readonly row: Pick<RollupRowView, 'counts' | 'completeness'>;
}): ReactNode {
  return (
    <div className="bar" aria-hidden="true">
      <div
        className={`bar-fill step-${String(stepOf(row.counts))}`}
        style={{ width: `${row.completeness}%` }}
      />
    </div>
  );
}
