import { showFigure, type FigureValue, type Indicator } from '@mach/domain';
import type { ReactNode } from 'react';

interface FiguresProps {
  readonly indicators: readonly Indicator[];
  readonly figures: readonly FigureValue[];
}

/** The figures of a node as the roll-up has them now. */
export function FiguresPanel({ indicators, figures }: FiguresProps): ReactNode {
  return (
    <section className="card figures-panel" aria-labelledby="so-lieu">
      <div className="card-head">
        <h2 id="so-lieu">Số liệu tổng hợp</h2>
      </div>
      <FiguresTable indicators={indicators} figures={figures} caption="Số liệu tổng hợp" />
    </section>
  );
}

/**
 * Figures under the headings of their form. A ratio shows its share and the two numbers that it comes from.
 */
export function FiguresTable({
  indicators,
  figures,
  caption,
}: FiguresProps & { readonly caption: string }): ReactNode {
  const byCode = new Map(figures.map((figure) => [figure.code, figure]));
  const sections = [...new Set(indicators.map(({ section }) => section))];
  return (
    <table className="figures">
      <caption className="screen-reader">{caption}</caption>
      <thead className="screen-reader">
        <tr>
          <th scope="col">Chỉ tiêu</th>
          <th scope="col">Giá trị</th>
        </tr>
      </thead>
      {sections.map((section) => (
        <tbody key={section}>
          <tr>
            <th scope="rowgroup" colSpan={2} className="figures-section">
              {section}
            </th>
          </tr>
          {indicators
            .filter((indicator) => indicator.section === section)
            .map((indicator) => (
              <tr key={indicator.code} data-testid={`value-${indicator.code}`}>
                <th scope="row">{indicator.label}</th>
                <td>
                  <Value indicator={indicator} figure={byCode.get(indicator.code)} />
                </td>
              </tr>
            ))}
        </tbody>
      ))}
    </table>
  );
}

function Value({
  indicator,
  figure,
}: {
  readonly indicator: Indicator;
  readonly figure: FigureValue | undefined;
}): ReactNode {
  if (figure?.type === 'ratio') {
    if (figure.numerator === null || figure.denominator === null) return <span className="soft">—</span>;
    return (
      <>
        <strong className="number">
          {figure.percent === null ? '—' : `${showFigure(figure.percent)} %`}
        </strong>
        <span className="soft small number">
          {showFigure(figure.numerator)}/{showFigure(figure.denominator)} {indicator.unit}
        </span>
      </>
    );
  }
  if (!figure || figure.value === null) return <span className="soft">—</span>;
  return (
    <>
      <strong className="number">
        {showFigure(figure.value)}
        {indicator.unit === '%' ? ' %' : ''}
      </strong>
      {indicator.unit === '%' ? null : <span className="soft small">{indicator.unit}</span>}
    </>
  );
}
