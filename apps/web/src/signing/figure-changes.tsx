import type { Indicator } from '@mach/domain';
import type { ReactNode } from 'react';
import { ShownFigure } from '../watch/figures-panel';
import type { ChangedFigure } from './changed-figures';

interface FigureChangesProps {
  readonly indicators: readonly Indicator[];
  readonly changes: readonly ChangedFigure[];
  /** What the two columns hold. */
  readonly before: string;
  readonly after: string;
  readonly caption: string;
}

/** Figures held against each other: only those that differ. */
export function FigureChanges({
  indicators,
  changes,
  before,
  after,
  caption,
}: FigureChangesProps): ReactNode {
  return (
    <div className="changes-wrap" tabIndex={0} role="region" aria-label={caption}>
      <table className="changes">
        <caption className="screen-reader">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Chỉ tiêu</th>
            <th scope="col">{before}</th>
            <th scope="col">{after}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => {
            const indicator = indicators.find(({ code }) => code === change.code);
            if (indicator === undefined) return null;
            return (
              <tr key={change.code} data-testid={`changed-${change.code}`}>
                <th scope="row">{indicator.label}</th>
                <td data-label={before}>
                  <ShownFigure indicator={indicator} figure={change.before} />
                </td>
                <td data-label={after}>
                  <ShownFigure indicator={indicator} figure={change.after} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
