import type { ReportRowView, RollupView } from '@mach/contracts';
import { matches, showCount, showDateTime, type ObligationState } from '@mach/domain';
import { Link, useLocation } from '@tanstack/react-router';
import { Input, Table, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import { byUrgency, STATE_WORDS } from '../reports/obligation-words';
import { StateMark } from '../reports/state-mark';
import { FiguresTable } from './figures-panel';
import { useNodeSearch, useTableOrder } from './use-table-order';
import { byUnitName } from './worst-first';

/** The reports that this node adds up itself: its own and those of its cells. Each opens to its figures. */
export function ReportTable({ view }: { readonly view: RollupView }): ReactNode {
  const [search, write] = useNodeSearch();
  const [query, setQuery] = useState(search['tim-bao-cao'] ?? '');
  const state = search['trang-thai'];
  const { columns, onChange } = useTableOrder(COLUMNS, 'xep-bao-cao');
  const states = [...new Set(view.reports.map((report) => report.state))].sort(byUrgency);
  const found = view.reports.filter(
    (each) => (state ?? each.state) === each.state && matches(query, each.unit.name, each.unit.code),
  );
  return (
    <section className="card" aria-labelledby="cac-bao-cao">
      <div className="card-head">
        <h2 id="cac-bao-cao">
          Báo cáo của các đơn vị trực tiếp <span className="soft">({showCount(found.length)})</span>
        </h2>
        <div className="table-tools">
          <select
            className="input input-small"
            aria-label="Lọc theo trạng thái"
            value={state ?? ''}
            onChange={(event) => {
              const chosen = event.target.value;
              write({ 'trang-thai': chosen === '' ? undefined : (chosen as ObligationState) });
            }}
          >
            <option value="">Mọi trạng thái</option>
            {states.map((each) => (
              <option key={each} value={each}>
                {STATE_WORDS[each].words}
              </option>
            ))}
          </select>
          <Input.Search
            className="table-search"
            aria-label="Tìm đơn vị theo tên hoặc mã, không cần dấu"
            placeholder="Tìm đơn vị, không cần dấu"
            allowClear
            value={query}
            onChange={(event) => {
              setQuery(event.target.value);
              write({ 'tim-bao-cao': event.target.value === '' ? undefined : event.target.value });
            }}
          />
        </div>
      </div>
      <Table<ReportRowView>
        rowKey="obligationId"
        columns={columns}
        dataSource={found}
        onChange={onChange}
        size="small"
        pagination={{ defaultPageSize: 25, hideOnSinglePage: true, showSizeChanger: false, responsive: true }}
        showSorterTooltip={false}
        expandable={{
          columnTitle: <span className="screen-reader">Mở số liệu</span>,
          rowExpandable: (row) => row.figures !== null,
          expandedRowRender: (row) => (
            <FiguresTable
              indicators={view.indicators}
              figures={row.figures ?? []}
              caption={`Số liệu của ${row.unit.name}`}
            />
          ),
        }}
      />
    </section>
  );
}

function ReportLink({ row }: { readonly row: ReportRowView }): ReactNode {
  const here = useLocation({ select: ({ href }) => href });
  return (
    <Link
      to="/bao-cao/$obligationId"
      params={{ obligationId: row.obligationId }}
      state={{ from: here }}
      preload={false}
    >
      {row.unit.name}
    </Link>
  );
}

const COLUMNS: TableColumnsType<ReportRowView> = [
  {
    key: 'unit',
    title: 'Đơn vị',
    sorter: byUnitName,
    render: (_, row) => (
      <>
        <ReportLink row={row} />
        <span className="narrow-only">
          <StateMark state={row.state} />
        </span>
      </>
    ),
  },
  {
    key: 'state',
    title: 'Trạng thái',
    responsive: ['md'],
    sorter: (a, b) => byUrgency(a.state, b.state),
    render: (_, row) => <StateMark state={row.state} />,
  },
  {
    key: 'deadline',
    title: 'Hạn',
    responsive: ['xl'],
    sorter: (a, b) => a.deadline.localeCompare(b.deadline),
    render: (_, row) => <span className="number small">{showDateTime(Date.parse(row.deadline))}</span>,
  },
  {
    key: 'receivedAt',
    title: 'Nhận lúc',
    responsive: ['lg'],
    sorter: (a, b) => (a.receivedAt ?? '').localeCompare(b.receivedAt ?? ''),
    render: (_, row) => (
      <span className="number small">
        {row.receivedAt === null ? '—' : showDateTime(Date.parse(row.receivedAt))}
      </span>
    ),
  },
  {
    key: 'version',
    title: 'Phiên bản',
    align: 'right',
    responsive: ['lg'],
    render: (_, row) => <span className="number">{row.version ?? '—'}</span>,
  },
  {
    key: 'receiptNumber',
    title: 'Số phiếu',
    responsive: ['xxl'],
    render: (_, row) => <span className="number small">{row.receiptNumber ?? '—'}</span>,
  },
];
