import type { CountsView, RollupRowView } from '@mach/contracts';
import { matches, OBLIGATION_STATES, showCount } from '@mach/domain';
import { Link } from '@tanstack/react-router';
import { Input, Table, type TableColumnsType } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import { urgencyOf } from '../reports/obligation-words';
import { Age } from '../time/age';
import { countsSentence, showPercent } from './completeness';
import { CompletenessBar } from './completeness-bar';
import { OwnMark } from './own-mark';
import { useNodeSearch, useTableOrder } from './use-table-order';
import { byUnitName, worstFirst } from './worst-first';

interface ChildTableProps {
  readonly rows: readonly RollupRowView[];
  readonly address: { readonly requirement: string; readonly period: string };
}

/**
 * The nodes below, where help is needed first, to be sorted and searched. On a phone the counts stand under the name instead of beside
 * it.
 */
export function ChildTable({ rows, address }: ChildTableProps): ReactNode {
  const [search, write] = useNodeSearch();
  const [query, setQuery] = useState(search.tim ?? '');
  const all = useMemo(
    () => columnsFor(address.requirement, address.period),
    [address.requirement, address.period],
  );
  const { columns, onChange } = useTableOrder(all, 'xep');
  const found = rows.filter(({ unit }) => matches(query, unit.name, unit.code)).sort(worstFirst);
  return (
    <section className="card" aria-labelledby="don-vi-duoi">
      <div className="card-head">
        <h2 id="don-vi-duoi">
          Đơn vị trực thuộc <span className="soft">({showCount(found.length)})</span>
        </h2>
        <Input.Search
          className="table-search"
          aria-label="Tìm đơn vị theo tên hoặc mã, không cần dấu"
          placeholder="Tìm đơn vị, không cần dấu"
          allowClear
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            write({ tim: event.target.value === '' ? undefined : event.target.value });
          }}
        />
      </div>
      <Table<RollupRowView>
        rowKey={(row) => row.unit.code}
        columns={columns}
        dataSource={found}
        onChange={onChange}
        size="small"
        pagination={{ defaultPageSize: 20, hideOnSinglePage: true, showSizeChanger: false, responsive: true }}
        showSorterTooltip={false}
      />
    </section>
  );
}

/** By what has to be done first; who owes no report of its own comes last. */
function rankOf({ ownState }: RollupRowView): number {
  return ownState === null ? OBLIGATION_STATES.length : urgencyOf(ownState);
}

function countColumn(key: keyof CountsView, title: string): TableColumnsType<RollupRowView>[number] {
  return {
    key,
    title,
    align: 'right',
    responsive: ['md'],
    sorter: (a, b) => a.counts[key] - b.counts[key],
    render: (_, row) => (
      <span className={row.counts[key] === 0 ? 'number soft' : 'number'}>{showCount(row.counts[key])}</span>
    ),
  };
}

function columnsFor(requirement: string, period: string): TableColumnsType<RollupRowView> {
  return [
    {
      key: 'name',
      title: 'Đơn vị',
      className: 'column-name',
      sorter: byUnitName,
      render: (_, row) => (
        <>
          <Link
            to="/theo-doi/$requirement/$period/$unit"
            params={{ requirement, period, unit: row.unit.code }}
            preload={false}
          >
            {row.unit.name}
          </Link>
          <span className="soft small narrow-only">{countsSentence(row.counts)}</span>
          <span className="narrow-only">
            <OwnMark state={row.ownState} named />
          </span>
        </>
      ),
    },
    {
      key: 'own',
      title: 'Báo cáo riêng',
      className: 'column-own',
      responsive: ['md'],
      sorter: (a, b) => rankOf(a) - rankOf(b),
      render: (_, row) => <OwnMark state={row.ownState} />,
    },
    {
      key: 'completeness',
      title: 'Tỷ lệ hợp lệ',
      className: 'column-share',
      sorter: (a, b) => Number(a.completeness) - Number(b.completeness),
      render: (_, row) => (
        <div className="share-cell">
          <CompletenessBar row={row} />
          <span className="number">{showPercent(row.completeness)}</span>
        </div>
      ),
    },
    countColumn('expected', 'Phải nộp'),
    countColumn('accepted', 'Hợp lệ'),
    countColumn('late', 'Nộp muộn'),
    countColumn('rejected', 'Không hợp lệ'),
    countColumn('overdue', 'Quá hạn'),
    {
      key: 'age',
      title: 'Cập nhật',
      responsive: ['xxl'],
      className: 'column-age',
      render: (_, row) => (
        <span className="small soft">
          {row.exact ? null : <span className="adding">đang tổng hợp, </span>}
          <Age at={row.computedAt} />
        </span>
      ),
    },
  ];
}
