import type { ComparedIndicatorView, ComparisonView, RollupView } from '@mach/contracts';
import { COMPARED_COLUMNS, type ComparedColumnName, type FigureValue, type Indicator } from '@mach/domain';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { comparisonQuery } from '../api/queries';
import { sayError } from '../api/request';
import { WhyButton } from '../lineage/why-button';
import { MessageBox } from '../design/message-box';
import { ComparedFigureCell, TargetCell } from './compared-figure';
import { COLUMN_TITLES, periodWords, provisionalWords } from './comparison-words';
import { ShownFigure } from './figures-panel';
import { TABLE_REM, useNarrowPanel } from './use-narrow-panel';

const PAST = COMPARED_COLUMNS.filter((name) => name !== 'current');

interface Row {
  readonly indicator: Indicator;
  readonly current: FigureValue | undefined;
  /** Whether its parts can be shown: they are those of the provisional figure. */
  readonly explained: boolean;
  /** Undefined until it is read. */
  readonly compared: ComparedIndicatorView | undefined;
}

/**
 * The figures of a node beside those of the periods before it and its targets: a table, or a card for each indicator
 * where a table does not fit. The figures of the period itself are those of the roll-up on screen.
 */
export function ComparisonPanel({ view }: { readonly view: RollupView }): ReactNode {
  const address = { requirement: view.requirement.code, period: view.period.key, unit: view.node.unit.code };
  const { data: comparison, error } = useQuery(comparisonQuery(address));
  const [panel, asCards] = useNarrowPanel(TABLE_REM);
  const rows = view.indicators.map((indicator): Row => ({
    indicator,
    current: view.figures.find(({ code }) => code === indicator.code),
    explained: view.view === 'provisional',
    compared: comparison?.indicators.find(({ code }) => code === indicator.code),
  }));
  const sections = [...new Set(view.indicators.map(({ section }) => section))];
  const Sections = asCards ? CardSection : TableSection;
  const all = sections.map((section) => (
    <Sections
      key={section}
      section={section}
      rows={rows.filter(({ indicator }) => indicator.section === section)}
      comparison={comparison}
    />
  ));
  return (
    <section className="card comparison" aria-labelledby="so-lieu" ref={panel}>
      <div className="card-head">
        <h2 id="so-lieu">Số liệu tổng hợp</h2>
        {view.children.length === 0 ? null : (
          <Link to="/theo-doi/$requirement/$period/$unit/so-sanh" params={address}>
            So sánh các đơn vị trực thuộc
          </Link>
        )}
      </div>
      {comparison === undefined ? null : <p className="soft">{provisionalWords(comparison.columns)}</p>}
      {error ? <MessageBox tone="warn">{sayError(error)} Chưa có số của các kỳ khác.</MessageBox> : null}
      {asCards ? (
        all
      ) : (
        <table className="figures compared">
          <caption className="screen-reader">Số liệu tổng hợp so với các kỳ trước và chỉ tiêu</caption>
          <thead>
            <tr>
              <th scope="col">Chỉ tiêu</th>
              {COMPARED_COLUMNS.map((name) => (
                <th key={name} scope="col">
                  {COLUMN_TITLES[name]}
                  <PeriodWords name={name} view={view} comparison={comparison} />
                </th>
              ))}
              <th scope="col">% chỉ tiêu</th>
            </tr>
          </thead>
          {all}
        </table>
      )}
    </section>
  );
}

function PeriodWords({
  name,
  view,
  comparison,
}: {
  readonly name: ComparedColumnName;
  readonly view: RollupView;
  readonly comparison: ComparisonView | undefined;
}): ReactNode {
  const words =
    comparison === undefined
      ? name === 'current'
        ? view.period.label
        : ''
      : periodWords(comparison.columns[name].periods, comparison.labels);
  return <span className="soft small">{words}</span>;
}

interface SectionProps {
  readonly section: string;
  readonly rows: readonly Row[];
  readonly comparison: ComparisonView | undefined;
}

function TableSection({ section, rows, comparison }: SectionProps): ReactNode {
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={COMPARED_COLUMNS.length + 2} className="figures-section">
          {section}
        </th>
      </tr>
      {rows.map((row) => (
        <tr key={row.indicator.code} data-testid={`value-${row.indicator.code}`}>
          <th scope="row">
            <IndicatorName indicator={row.indicator} />
          </th>
          <td>
            <CurrentFigure row={row} />
          </td>
          {PAST.map((name) => (
            <td key={name} data-testid={`${name}-${row.indicator.code}`}>
              <PastFigure name={name} row={row} comparison={comparison} />
            </td>
          ))}
          <td data-testid={`target-${row.indicator.code}`}>
            <TargetCell target={row.compared?.target ?? null} />
          </td>
        </tr>
      ))}
    </tbody>
  );
}

function CardSection({ section, rows, comparison }: SectionProps): ReactNode {
  return (
    <section className="compared-cards">
      <h3 className="figures-section">{section}</h3>
      {rows.map((row) => (
        <article
          key={row.indicator.code}
          className="compared-card"
          data-testid={`value-${row.indicator.code}`}
        >
          <h4>
            <IndicatorName indicator={row.indicator} />
          </h4>
          <dl>
            <div>
              <dt>{COLUMN_TITLES.current}</dt>
              <dd>
                <CurrentFigure row={row} />
              </dd>
            </div>
            {PAST.map((name) => (
              <div key={name}>
                <dt>{COLUMN_TITLES[name]}</dt>
                <dd data-testid={`${name}-${row.indicator.code}`}>
                  <PastFigure name={name} row={row} comparison={comparison} />
                </dd>
              </div>
            ))}
            <div>
              <dt>% chỉ tiêu</dt>
              <dd data-testid={`target-${row.indicator.code}`}>
                <TargetCell target={row.compared?.target ?? null} />
              </dd>
            </div>
          </dl>
        </article>
      ))}
    </section>
  );
}

/** The figure of the period itself, with the way to where it comes from. */
function CurrentFigure({ row: { indicator, current, explained } }: { readonly row: Row }): ReactNode {
  return (
    <>
      <ShownFigure indicator={indicator} figure={current} />
      {explained ? <WhyButton indicator={indicator} /> : null}
    </>
  );
}

function IndicatorName({ indicator }: { readonly indicator: Indicator }): ReactNode {
  return (
    <>
      {indicator.label}
      {indicator.type !== 'subtotal' && indicator.cumulative === true ? (
        <span className="soft small">mỗi kỳ ghi cộng dồn từ đầu năm</span>
      ) : null}
    </>
  );
}

function PastFigure({
  name,
  row: { indicator, compared },
  comparison,
}: {
  readonly name: ComparedColumnName;
  readonly row: Row;
  readonly comparison: ComparisonView | undefined;
}): ReactNode {
  if (comparison === undefined || compared === undefined) return <span className="soft">…</span>;
  return (
    <ComparedFigureCell
      indicator={indicator}
      compared={compared.columns[name]}
      periods={comparison.columns[name].periods}
      labels={comparison.labels}
    />
  );
}
