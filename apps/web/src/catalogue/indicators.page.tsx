import type { IndicatorView } from '@mach/contracts';
import { INDICATOR_TYPES, showCount, type AskedIndicator } from '@mach/domain';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Input, Select, Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { useAdministrator } from '../administration/use-administrator';
import { indicatorsQuery } from '../api/queries';
import { FaultPage, WaitingPage } from '../app/edge-pages';
import { usePageTitle } from '../app/page-title';
import type { IndicatorsSearch } from '../app/search-params';
import { OfficeFrame } from '../design/office-frame';
import { AGGREGATION_WORDS, measureWords, TYPE_WORDS } from './catalogue-words';
import './catalogue.css';

/** Danh mục chỉ tiêu: every figure that any form asks for, found by words. */
export function IndicatorsPage(): ReactNode {
  usePageTitle('Danh mục chỉ tiêu');
  const isAdministrator = useAdministrator();
  const search = useSearch({ from: '/signed-in/chi-tieu' });
  const { data, error, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    indicatorsQuery(search),
  );
  if (!data) return error ? <FaultPage error={error} /> : <WaitingPage />;
  const items = data.pages.flatMap((page) => page.items);
  return (
    <OfficeFrame>
      <div>
        <h1>Danh mục chỉ tiêu</h1>
        <p className="soft">Một chỉ tiêu dùng chung cho mọi biểu mẫu: cùng mã là cùng một số liệu.</p>
        {isAdministrator ? (
          <p className="page-acts">
            <Link className="button button-small" to="/chi-tieu/them-moi" preload={false}>
              Thêm chỉ tiêu
            </Link>
          </p>
        ) : null}
      </div>
      <section className="card" aria-label="Các chỉ tiêu">
        <Filters search={search} />
        <Table<IndicatorView>
          rowKey={({ indicator }) => indicator.code}
          columns={COLUMNS}
          dataSource={items}
          size="small"
          loading={isPlaceholderData}
          pagination={false}
          locale={{ emptyText: 'Không có chỉ tiêu nào đúng điều kiện tìm.' }}
        />
        <p className="catalogue-more" aria-live="polite">
          <span className="soft small">
            {hasNextPage ? 'Đang hiện' : 'Đã hiện hết:'} {showCount(items.length)} chỉ tiêu.
          </span>
          {hasNextPage ? (
            <Button
              loading={isFetchingNextPage}
              onClick={() => {
                void fetchNextPage();
              }}
            >
              Tải thêm
            </Button>
          ) : null}
        </p>
      </section>
    </OfficeFrame>
  );
}

function Filters({ search }: { readonly search: IndicatorsSearch }): ReactNode {
  const navigate = useNavigate();
  const change = (changed: { readonly [K in keyof IndicatorsSearch]?: IndicatorsSearch[K] | undefined }) => {
    const entries = Object.entries({ ...search, ...changed });
    const next = Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== ''));
    void navigate({ to: '/chi-tieu', search: next });
  };
  return (
    <div className="catalogue-filters" role="search" aria-label="Tìm trong danh mục chỉ tiêu">
      <Input.Search
        key={search.tim ?? ''}
        aria-label="Tìm theo mã, tên hoặc định nghĩa, không cần dấu"
        placeholder="Mã, tên hoặc định nghĩa"
        allowClear
        maxLength={100}
        defaultValue={search.tim ?? ''}
        onSearch={(words) => {
          change({ tim: words.trim() });
        }}
      />
      <Select<AskedIndicator['type']>
        aria-label="Kiểu số liệu"
        placeholder="Mọi kiểu"
        allowClear
        value={search.kieu ?? null}
        options={INDICATOR_TYPES.map((type) => ({ value: type, label: TYPE_WORDS[type] }))}
        onChange={(type: AskedIndicator['type'] | undefined) => {
          change({ kieu: type });
        }}
      />
    </div>
  );
}

const COLUMNS: TableColumnsType<IndicatorView> = [
  {
    key: 'label',
    title: 'Chỉ tiêu',
    render: (_, { indicator }) => (
      <>
        <Link to="/chi-tieu/$code" params={{ code: indicator.code }} preload={false}>
          {indicator.label}
        </Link>
        {indicator.retired === true ? <span className="soft"> (đã ngừng dùng)</span> : null}
        <span className="catalogue-line soft small">{indicator.definition}</span>
      </>
    ),
  },
  {
    key: 'measure',
    title: 'Kiểu, đơn vị tính',
    responsive: ['md'],
    render: (_, row) => measureWords(row.indicator),
  },
  {
    key: 'aggregation',
    title: 'Tổng hợp',
    responsive: ['lg'],
    render: (_, { indicator }) => AGGREGATION_WORDS[indicator.aggregation.kind],
  },
  {
    key: 'code',
    title: 'Mã',
    responsive: ['xl'],
    render: (_, { indicator }) => <code>{indicator.code}</code>,
  },
];
