import type { ChildrenComparisonView, ComparedRowView } from '@mach/contracts';
import { COMPARED_COLUMNS, showCount, type ComparedColumnName, type Indicator } from '@mach/domain';
import { Link } from '@tanstack/react-router';
import { Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import type { RollupAddress } from '../api/queries';
import { ComparedFigureCell, TargetCell } from './compared-figure';
import { COLUMN_TITLES, periodWords } from './comparison-words';
import { compareDecimals, orderedBy } from './figure-order';
import { TABLE_REM, useNarrowPanel } from './use-narrow-panel';
import { tableOrder } from './use-table-order';
import { byUnitName } from './worst-first';

interface ComparedUnitsProps {
  readonly comparison: ChildrenComparisonView;
  /** Those that are shown. */
  readonly rows: readonly ComparedRowView[];
  /** A column's key, `-` before it for falling; undefined: as they come. */
  readonly order: string | undefined;
  readonly write: (order: string | undefined) => void;
  readonly address: RollupAddress;
}

/** Units with one indicator in every column: a table, or a card for each unit where a table does not fit. */
export function ComparedUnits(props: ComparedUnitsProps): ReactNode {
  const [panel, asCards] = useNarrowPanel(TABLE_REM);
  const { comparison, address } = props;
  const [indicator] = comparison.indicators;
  if (indicator === undefined) return null;
  const columns = columnsFor(comparison, indicator, address);
  const Units = asCards ? UnitCards : UnitTable;
  return (
    <div ref={panel}>
      <Units {...props} columns={columns} />
    </div>
  );
}

type ShownProps = ComparedUnitsProps & { readonly columns: TableColumnsType<ComparedRowView> };

function UnitTable({ comparison: { node }, rows, order, write, columns }: ShownProps): ReactNode {
  const ordered = tableOrder(columns, order, write);
  return (
    <Table<ComparedRowView>
      rowKey={({ unit }) => unit.code}
      columns={ordered.columns}
      dataSource={[...rows]}
      onChange={ordered.onChange}
      size="small"
      pagination={false}
      showSorterTooltip={false}
      summary={() => (
        <Table.Summary.Row>
          {columns.map((column, index) => (
            <Table.Summary.Cell key={String(column.key)} index={index} align={index === 0 ? 'left' : 'right'}>
              {column.key === 'name' ? <strong>{node.unit.name}</strong> : shown(column, node)}
            </Table.Summary.Cell>
          ))}
        </Table.Summary.Row>
      )}
    />
  );
}

function UnitCards({ comparison: { node }, rows, order, columns, address }: ShownProps): ReactNode {
  return (
    <div className="compared-cards">
      {[node, ...sorted(rows, columns, order)].map((row) => (
        <article key={row.unit.code} className="compared-card">
          <h2 className="compared-name">
            {row === node ? row.unit.name : <UnitLink row={row} address={address} />}
          </h2>
          <dl>
            {columns
              .filter(({ key }) => key !== 'name')
              .map((column) => (
                <div key={String(column.key)}>
                  <dt>{cardTitle(String(column.key))}</dt>
                  <dd>{shown(column, row)}</dd>
                </div>
              ))}
          </dl>
        </article>
      ))}
    </div>
  );
}

type Column = TableColumnsType<ComparedRowView>[number];

function shown(column: Column, row: ComparedRowView): ReactNode {
  return column.render?.(undefined, row, 0) as ReactNode;
}

function cardTitle(key: string): string {
  if (key === 'target') return '% chỉ tiêu';
  return key === 'complete' ? 'Báo cáo hợp lệ' : COLUMN_TITLES[key as ComparedColumnName];
}

function sorted(
  rows: readonly ComparedRowView[],
  columns: TableColumnsType<ComparedRowView>,
  order = '',
): readonly ComparedRowView[] {
  const falling = order.startsWith('-');
  const column = columns.find(({ key }) => key === order.replace(/^-/, ''));
  const sorter = column?.sorter;
  if (typeof sorter !== 'function') return rows;
  const way = falling ? 'descend' : 'ascend';
  return rows.toSorted((a, b) => (falling ? -sorter(a, b, way) : sorter(a, b, way)));
}

function UnitLink({
  row,
  address,
}: {
  readonly row: ComparedRowView;
  readonly address: RollupAddress;
}): ReactNode {
  return (
    <Link
      to="/theo-doi/$requirement/$period/$unit"
      params={{ ...address, unit: row.unit.code }}
      preload={false}
    >
      {row.unit.name}
    </Link>
  );
}

function columnsFor(
  { labels, node }: ChildrenComparisonView,
  indicator: Indicator,
  address: RollupAddress,
): TableColumnsType<ComparedRowView> {
  return [
    {
      key: 'name',
      title: 'Đơn vị',
      className: 'column-name',
      sorter: byUnitName,
      render: (_, row) => <UnitLink row={row} address={address} />,
    },
    ...COMPARED_COLUMNS.map((name): Column => ({
      key: name,
      title: (
        <>
          {COLUMN_TITLES[name]}
          <br />
          <span className="soft small">{periodWords(node.columns[name].periods, labels)}</span>
        </>
      ),
      align: 'right',
      sorter: (a, b, way) => compareDecimals(numberIn(a, name), numberIn(b, name), way === 'descend'),
      render: (_, row) => {
        const compared = row.indicators[0]?.columns[name];
        return compared === undefined ? null : (
          <ComparedFigureCell
            indicator={indicator}
            compared={compared}
            periods={row.columns[name].periods}
            labels={labels}
          />
        );
      },
    })),
    {
      key: 'target',
      title: '% chỉ tiêu',
      align: 'right',
      sorter: (a, b, way) => compareDecimals(shareOf(a), shareOf(b), way === 'descend'),
      render: (_, row) => <TargetCell target={row.indicators[0]?.target ?? null} />,
    },
    {
      key: 'complete',
      title: 'Báo cáo hợp lệ',
      align: 'right',
      render: (_, { columns: { current } }) => (
        <span className="number">
          {showCount(current.accepted)}/{showCount(current.expected)}
        </span>
      ),
    },
  ];
}

function numberIn(row: ComparedRowView, name: ComparedColumnName): string | null {
  return orderedBy(row.indicators[0]?.columns[name].figure ?? null);
}

function shareOf(row: ComparedRowView): string | null {
  return row.indicators[0]?.target?.percent ?? null;
}
