import type { ComparedIndicatorView, ComparisonView } from '@mach/contracts';
import { midSentence, showFigure, type ComparedFigure, type Indicator } from '@mach/domain';
import type { ReactNode } from 'react';
import { missingWords, periodList, targetSource, targetValue } from './comparison-words';
import { ShownFigure } from './figures-panel';

/** A figure of one column, with the periods that are missing from it. */
export function ComparedFigureCell({
  indicator,
  compared,
  periods,
  labels,
}: {
  readonly indicator: Indicator;
  readonly compared: ComparedFigure;
  /** Keys of the column's periods. */
  readonly periods: readonly string[];
  readonly labels: ComparisonView['labels'];
}): ReactNode {
  const missing = missingWords(compared);
  const { latest } = compared;
  // What says where things stand is as old as the last one given.
  const older = latest !== null && missing !== null && latest !== periods.at(-1) && restates(indicator);
  return (
    <>
      <ShownFigure indicator={indicator} figure={compared.figure ?? undefined} />
      {older ? <span className="soft small">số {midSentence(labels[latest] ?? latest)}</span> : null}
      {missing === null ? null : (
        <details className="small missing">
          <summary>{missing}</summary>
          {periodList(compared.missing, labels)}
        </details>
      )}
    </>
  );
}

/** How much of its target is reached; whose target it is and who set it, on demand. */
export function TargetCell({ target }: Pick<ComparedIndicatorView, 'target'>): ReactNode {
  if (target === null) return <span className="soft">—</span>;
  return (
    <>
      <strong className="number">{target.percent === null ? '—' : `${showFigure(target.percent)} %`}</strong>
      <details className="small">
        <summary>
          <span className="number">chỉ tiêu {targetValue(target)}</span>
        </summary>
        {targetSource(target)}
      </details>
    </>
  );
}

/** Whether a figure says where things stand, so that it is not added to the one before. */
function restates(indicator: Indicator): boolean {
  return indicator.type !== 'subtotal' && (indicator.time === 'stock' || indicator.cumulative === true);
}
