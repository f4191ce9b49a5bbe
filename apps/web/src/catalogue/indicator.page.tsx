import type { IndicatorDetailView } from '@mach/contracts';
import { showDateTime, type CatalogueIndicator } from '@mach/domain';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { TargetList } from '../administration/target-list';
import { useAdministrator } from '../administration/use-administrator';
import { indicatorQuery } from '../api/queries';
import { FaultPage, WaitingPage } from '../app/edge-pages';
import { usePageTitle } from '../app/page-title';
import { OfficeFrame } from '../design/office-frame';
import { AGGREGATION_WORDS, LEVEL_WORDS, measureWords, TIME_WORDS } from './catalogue-words';
import './catalogue.css';

/** One indicator: what it is, who reports it, what is to be reached, which forms ask for it, what was changed. */
export function IndicatorPage(): ReactNode {
  const { code } = useParams({ from: '/signed-in/chi-tieu/$code' });
  const { data: view, error } = useQuery(indicatorQuery(code));
  const isAdministrator = useAdministrator();
  usePageTitle(view?.indicator.label ?? 'Chỉ tiêu');
  if (!view) return error ? <FaultPage error={error} /> : <WaitingPage />;
  const { indicator } = view;
  return (
    <OfficeFrame>
      <div>
        <p className="small">
          <Link to="/chi-tieu">Danh mục chỉ tiêu</Link>
        </p>
        <h1>{indicator.label}</h1>
        <p>{indicator.definition}</p>
        {indicator.retired === true ? (
          <p>
            <span className="mark mark-quiet">Đã ngừng dùng</span>
          </p>
        ) : null}
        {isAdministrator ? (
          <p className="page-acts">
            <Link className="button button-small" to="/chi-tieu/$code/sua" params={{ code }} preload={false}>
              Sửa chỉ tiêu
            </Link>
          </p>
        ) : null}
      </div>
      <Facts indicator={indicator} />
      <AskedBy view={view} />
      <TargetList view={view} />
      {view.amendments.length === 0 ? null : <Amendments view={view} />}
    </OfficeFrame>
  );
}

function Facts({ indicator }: { readonly indicator: CatalogueIndicator }): ReactNode {
  const { levels } = indicator.reportedBy;
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['Mã', <code key="code">{indicator.code}</code>],
    ['Kiểu, đơn vị tính', measureWords(indicator)],
    ...('options' in indicator
      ? [['Các mục để chọn', indicator.options.map(({ label }) => label).join('; ')] as const]
      : []),
    ['Theo thời gian', TIME_WORDS[indicator.time]],
    ['Tổng hợp lên cấp trên', AGGREGATION_WORDS[indicator.aggregation.kind]],
    [
      'Đơn vị báo cáo',
      levels.length === 0 ? 'Mọi cấp' : levels.map((level) => LEVEL_WORDS[level]).join('; '),
    ],
    ...(indicator.hint === undefined ? [] : [['Gợi ý khi nhập', indicator.hint] as const]),
  ];
  return (
    <section className="card" aria-labelledby="thong-tin">
      <h2 id="thong-tin">Thông tin</h2>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="soft">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function AskedBy({ view }: { readonly view: IndicatorDetailView }): ReactNode {
  return (
    <section className="card" aria-labelledby="bieu-mau-dung">
      <h2 id="bieu-mau-dung">Biểu mẫu dùng chỉ tiêu này</h2>
      {view.askedBy.length === 0 ? (
        <p className="soft">Chưa có biểu mẫu nào dùng.</p>
      ) : (
        <ul className="plain-list">
          {view.askedBy.map(({ code, title, version }) => (
            <li key={`${code} ${String(version)}`}>
              <Link to="/bieu-mau/$code" params={{ code }} search={{ 'phien-ban': String(version) }}>
                {title}
              </Link>{' '}
              <span className="soft">(phiên bản {version})</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Amendments({ view }: { readonly view: IndicatorDetailView }): ReactNode {
  return (
    <section className="card" aria-labelledby="lich-su">
      <h2 id="lich-su">Lịch sử sửa đổi</h2>
      <ol className="plain-list">
        {view.amendments.map(({ amendedAt, amendedBy, reason, was }) => (
          <li key={amendedAt}>
            <span className="number">{showDateTime(Date.parse(amendedAt))}</span>
            {amendedBy === null ? '' : `, ${amendedBy}`}: {reason}
            <span className="catalogue-line soft small">
              Trước đó: «{was.label}», {measureWords(was)}, {AGGREGATION_WORDS[was.aggregation.kind]}.
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
