import { useNavigate, useSearch } from '@tanstack/react-router';
import type { TableColumnsType, TableProps } from 'antd';
import type { NodeSearch } from '../app/search-params';

const NODE = '/theo-doi/$requirement/$period/$unit';

export interface TableOrder<Row> {
  /** The columns with the order that the address names. */
  readonly columns: TableColumnsType<Row>;
  readonly onChange: NonNullable<TableProps<Row>['onChange']>;
}

/** Writes filters of a node's tables into the address, in place of what stands there. */
export function useNodeSearch(): readonly [
  NodeSearch,
  (changed: { readonly [K in keyof NodeSearch]: NodeSearch[K] | undefined }) => void,
] {
  const search = useSearch({ from: `/signed-in${NODE}` });
  const navigate = useNavigate({ from: NODE });
  return [
    search,
    (changed) => {
      void navigate({
        search: (before) => ({ ...before, ...changed }) as NodeSearch,
        replace: true,
        resetScroll: false,
      });
    },
  ];
}

/** Lets the address hold by which column a table is sorted: its key, `-` before it for falling. */
export function useTableOrder<Row>(
  columns: TableColumnsType<Row>,
  parameter: 'xep' | 'xep-bao-cao',
): TableOrder<Row> {
  const [search, write] = useNodeSearch();
  return tableOrder(columns, search[parameter], (order) => {
    write({ [parameter]: order });
  });
}

/** The same for an order that stands anywhere. */
export function tableOrder<Row>(
  columns: TableColumnsType<Row>,
  order: string | undefined,
  write: (order: string | undefined) => void,
): TableOrder<Row> {
  return {
    columns: columns.map((column) => ({
      ...column,
      sortOrder: order === column.key ? 'ascend' : order === `-${String(column.key)}` ? 'descend' : null,
    })),
    onChange: (_pages, _filters, sorter, { action }) => {
      if (action !== 'sort') return;
      const { columnKey, order: direction } = Array.isArray(sorter) ? (sorter[0] ?? {}) : sorter;
      const key = typeof columnKey === 'string' ? columnKey : '';
      write(direction === 'ascend' ? key : direction === 'descend' ? `-${key}` : undefined);
    },
  };
}
