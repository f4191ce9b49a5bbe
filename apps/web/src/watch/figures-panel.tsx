import {
  showDay,
  showFigure,
  unitOf,
  type FigureValue,
  type Indicator,
  type Named,
  type PartValue,
} from '@mach/domain';
import type { ReactNode } from 'react';

interface FiguresProps {
  readonly indicators: readonly Indicator[];
  readonly figures: readonly FigureValue[];
}

/**
 * Figures under the headings of their form, a report's own or those of a node. A ratio shows its share and the two
 * numbers that it comes from, a quantity with parts its total and each of them.
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
                  <ShownFigure indicator={indicator} figure={byCode.get(indicator.code)} />
                </td>
              </tr>
            ))}
        </tbody>
      ))}
    </table>
  );
}

/** One figure of a report or of a node, as its indicator is read. */
export function ShownFigure({
  indicator,
  figure,
}: {
  readonly indicator: Indicator;
  readonly figure: FigureValue | undefined;
}): ReactNode {
  if (figure === undefined) return NOTHING;
  switch (figure.type) {
    case 'quantity':
      return <Quantity indicator={indicator} figure={figure} />;
    case 'ratio':
      return <Ratio indicator={indicator} figure={figure} />;
    case 'distribution':
      return (
        <Several
          rows={namedRows('options' in indicator ? indicator.options : [], figure.options)}
          total={`${showFigure(figure.answers)} đơn vị trả lời`}
        />
      );
    case 'yesCount':
      return (
        <>
          <strong className="number">{showFigure(figure.yes)}</strong>
          <span className="soft small number">/{showFigure(figure.answers)} đơn vị trả lời: có</span>
        </>
      );
    case 'choice': {
      const options = 'options' in indicator ? indicator.options : [];
      const chosen = options.find(({ code }) => code === figure.option);
      return chosen === undefined ? NOTHING : <strong>{chosen.label}</strong>;
    }
    case 'yesNo':
      return figure.yes === null ? NOTHING : <strong>{figure.yes ? 'Có' : 'Không'}</strong>;
    case 'date':
      return figure.value === null ? NOTHING : <strong className="number">{showDay(figure.value)}</strong>;
    case 'text':
      return figure.given ? <span className="soft small">đã ghi</span> : NOTHING;
    case 'count':
      return (
        <>
          <strong className="number">{showFigure(figure.count)}</strong>
          <span className="soft small">đơn vị đã ghi</span>
        </>
      );
  }
}

const NOTHING = <span className="soft">—</span>;

type Shown<T extends FigureValue['type']> = Extract<FigureValue, { readonly type: T }>;

function Ratio({
  indicator,
  figure: { numerator, denominator, percent },
}: {
  readonly indicator: Indicator;
  readonly figure: Shown<'ratio'>;
}): ReactNode {
  if (numerator === null || denominator === null) return NOTHING;
  return (
    <>
      <strong className="number">{percent === null ? '—' : `${showFigure(percent)} %`}</strong>
      <span className="soft small number">
        {showFigure(numerator)}/{showFigure(denominator)} {unitOf(indicator)}
      </span>
    </>
  );
}

function Quantity({
  indicator,
  figure: { value, parts },
}: {
  readonly indicator: Indicator;
  readonly figure: Shown<'quantity'>;
}): ReactNode {
  if (value === null) return NOTHING;
  const unit = unitOf(indicator);
  const whole = (
    <>
      <strong className="number">
        {showFigure(value)}
        {unit === '%' ? ' %' : ''}
      </strong>
      {unit === '%' ? null : <span className="soft small">{unit}</span>}
    </>
  );
  if (parts === undefined) return whole;
  const items = 'parts' in indicator ? indicator.parts.items : [];
  return <Several rows={namedRows(items, parts)} total={whole} />;
}

interface NamedRow {
  readonly code: string;
  readonly label: string;
  readonly value: string;
}

function namedRows(names: readonly Named[], values: readonly PartValue[]): readonly NamedRow[] {
  return names.map(({ code, label }) => {
    const value = values.find((each) => each.code === code)?.value ?? null;
    return { code, label, value: value === null ? '—' : showFigure(value) };
  });
}

/** A figure that is made of several, each under its own name. */
function Several({
  rows,
  total,
}: {
  readonly rows: readonly NamedRow[];
  readonly total: ReactNode;
}): ReactNode {
  return (
    <div className="figure-several">
      <div>{total}</div>
      <dl>
        {rows.map(({ code, label, value }) => (
          <div key={code}>
            <dt className="soft small">{label}</dt>
            <dd className="number">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
