import type { ChildrenComparisonView, ComparedRowView } from '@mach/contracts';
import { COMPARED_COLUMNS, matches, showCount, type Indicator } from '@mach/domain';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { childrenComparisonQuery, rollupQuery } from '../api/queries';
import { FaultPage, WaitingPage } from '../app/edge-pages';
import { usePageTitle } from '../app/page-title';
import type { ComparisonSearch } from '../app/search-params';
import { OfficeFrame } from '../design/office-frame';
import { COLUMN_TITLES, periodWords, provisionalWords } from './comparison-words';
import { ComparedUnits } from './compared-units';
import './watch.css';

const PAGE = '/theo-doi/$requirement/$period/$unit/so-sanh';

/** The units right below one beside each other, of one indicator: in this period, in those before, and of the target. */
export function ComparisonPage(): ReactNode {
  const address = useParams({ from: `/signed-in${PAGE}` });
  const search = useSearch({ from: `/signed-in${PAGE}` });
  const navigate = useNavigate({ from: PAGE });
  const { data: view, error } = useQuery(rollupQuery(address, 'provisional'));
  const code = search['chi-tieu'] ?? view?.indicators[0]?.code ?? '';
  const compared = useQuery({ ...childrenComparisonQuery(address, code), enabled: code !== '' });
  usePageTitle(view ? `So sánh các đơn vị, ${view.period.label}` : 'So sánh các đơn vị');
  if (!view) return error ? <FaultPage error={error} /> : <WaitingPage />;
  if (!compared.data) return compared.error ? <FaultPage error={compared.error} /> : <WaitingPage />;
  const write = (changed: {
    readonly [K in keyof ComparisonSearch]: ComparisonSearch[K] | undefined;
  }): void => {
    void navigate({
      search: (before) => ({ ...before, ...changed }) as ComparisonSearch,
      replace: true,
      resetScroll: false,
    });
  };
  const rows = compared.data.children.filter(({ unit }) => matches(search.tim ?? '', unit.name, unit.code));
  return (
    <OfficeFrame>
      <header className="node-title">
        <p className="small">
          <Link to="/theo-doi/$requirement/$period/$unit" params={address}>
            {view.node.unit.name}
          </Link>
        </p>
        <h1>So sánh các đơn vị trực thuộc</h1>
        <p className="soft">
          {view.requirement.title} · {view.period.label}
        </p>
      </header>
      <section className="card comparison" aria-label="So sánh">
        <div className="compare-tools">
          <IndicatorChoice indicators={view.indicators} chosen={code} write={write} />
          <div className="field">
            <label htmlFor="tim-don-vi">Tìm đơn vị, không cần dấu</label>
            <input
              id="tim-don-vi"
              className="input"
              type="search"
              value={search.tim ?? ''}
              onChange={(event) => {
                write({ tim: event.target.value === '' ? undefined : event.target.value });
              }}
            />
          </div>
          <OrderChoice chosen={search.xep ?? ''} write={write} />
        </div>
        <Summary comparison={compared.data} shown={rows.length} />
        <ComparedUnits
          comparison={compared.data}
          rows={rows}
          order={search.xep}
          write={(xep) => {
            write({ xep });
          }}
          address={address}
        />
      </section>
    </OfficeFrame>
  );
}

type Write = (changed: Readonly<Record<string, string | undefined>>) => void;

function IndicatorChoice({
  indicators,
  chosen,
  write,
}: {
  readonly indicators: readonly Indicator[];
  readonly chosen: string;
  readonly write: Write;
}): ReactNode {
  const sections = [...new Set(indicators.map(({ section }) => section))];
  return (
    <div className="field">
      <label htmlFor="chon-chi-tieu">Chỉ tiêu</label>
      <select
        id="chon-chi-tieu"
        className="input"
        value={chosen}
        onChange={(event) => {
          write({ 'chi-tieu': event.target.value });
        }}
      >
        {sections.map((section) => (
          <optgroup key={section} label={section}>
            {indicators
              .filter((indicator) => indicator.section === section)
              .map(({ code, label }) => (
                <option key={code} value={code}>
                  {label}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}

function OrderChoice({ chosen, write }: { readonly chosen: string; readonly write: Write }): ReactNode {
  const keys = [...COMPARED_COLUMNS, 'target'] as const;
  const title = (key: (typeof keys)[number]): string =>
    key === 'target' ? '% chỉ tiêu' : COLUMN_TITLES[key];
  return (
    <div className="field">
      <label htmlFor="xep-don-vi">Sắp xếp</label>
      <select
        id="xep-don-vi"
        className="input"
        value={chosen}
        onChange={(event) => {
          write({ xep: event.target.value === '' ? undefined : event.target.value });
        }}
      >
        <option value="">Theo mã đơn vị</option>
        <option value="name">Theo tên đơn vị</option>
        {keys.map((key) => (
          <optgroup key={key} label={title(key)}>
            <option value={`-${key}`}>{title(key)}, cao trước</option>
            <option value={key}>{title(key)}, thấp trước</option>
          </optgroup>
        ))}
      </select>
    </div>
  );
}

function Summary({
  comparison: { node, labels },
  shown,
}: {
  readonly comparison: ChildrenComparisonView;
  readonly shown: number;
}): ReactNode {
  const { columns }: Pick<ComparedRowView, 'columns'> = node;
  return (
    <p className="soft">
      {showCount(shown)} đơn vị. {provisionalWords(columns)} Luỹ kế gồm{' '}
      {periodWords(columns.yearToDate.periods, labels)}.
    </p>
  );
}
