import type { ObligationView } from '@mach/contracts';
import { matches, showCount, unaccent, type ObligationState } from '@mach/domain';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { LIST_ORDERS, type ListOrder, type ReportsSearch } from '../app/search-params';
import type { Draft } from './draft';
import { ObligationList } from './obligation-list';
import { byUrgency, STATE_WORDS } from './obligation-words';

const SHOWN_AT_ONCE = 30;

const ORDER_WORDS: Readonly<Record<ListOrder, string>> = { han: 'Hạn nộp', ten: 'Tên đơn vị' };

interface UnitsBelowProps {
  /** What has to be done first stands first. */
  readonly items: readonly ObligationView[];
  readonly drafts: ReadonlyMap<string, Draft>;
}

/**
 * The reports of the units below, to be searched, and filled in for them when they cannot do so themselves. The
 * filters live in the address, so that coming back finds the list as it was left.
 */
export function UnitsBelow({ items, drafts }: UnitsBelowProps): ReactNode {
  const filters = useSearch({ from: '/signed-in/bao-cao' });
  const navigate = useNavigate({ from: '/bao-cao' });
  const [query, setQuery] = useState(filters.tim ?? '');
  const [limit, setLimit] = useState(SHOWN_AT_ONCE);
  const filter = (changed: { readonly [K in keyof ReportsSearch]: ReportsSearch[K] | undefined }): void => {
    setLimit(SHOWN_AT_ONCE);
    void navigate({
      search: (before) => ({ ...before, ...changed }) as ReportsSearch,
      replace: true,
      resetScroll: false,
    });
  };
  const found = items.filter((item) => meets(item, { ...filters, tim: query })).sort(orderOf(filters.xep));
  return (
    <section aria-labelledby="nhap-thay" className="owed">
      <div>
        <h2 id="nhap-thay">Báo cáo của các đơn vị trực tiếp</h2>
        <p className="soft">Chọn đơn vị để nhập báo cáo thay khi đơn vị chưa tự nhập được.</p>
      </div>
      <div className="owed-filters">
        <div className="field">
          <label htmlFor="tim-don-vi">Tìm đơn vị</label>
          <input
            id="tim-don-vi"
            className="input"
            type="search"
            placeholder="Tên hoặc mã, không cần dấu"
            value={query}
            onChange={(event) => {
              setQuery(event.target.value);
              filter({ tim: event.target.value === '' ? undefined : event.target.value });
            }}
          />
        </div>
        <Choice
          label="Trạng thái"
          chosen={filters['trang-thai']}
          options={statesOf(items)}
          onChoose={(value) => {
            filter({ 'trang-thai': value as ObligationState | undefined });
          }}
        />
        <Choice
          label="Yêu cầu báo cáo"
          chosen={filters['yeu-cau']}
          options={optionsOf(items, ({ requirement }) => [requirement.code, requirement.title])}
          onChoose={(value) => {
            filter({ 'yeu-cau': value });
          }}
        />
        <Choice
          label="Kỳ báo cáo"
          chosen={filters.ky}
          options={optionsOf(items, ({ period }) => [period.key, period.label])}
          onChoose={(value) => {
            filter({ ky: value });
          }}
        />
        <Choice
          label="Xếp theo"
          none="Việc cần làm trước"
          chosen={filters.xep}
          options={LIST_ORDERS.map((order) => [order, ORDER_WORDS[order]])}
          onChoose={(value) => {
            filter({ xep: value as ListOrder | undefined });
          }}
        />
      </div>
      <p className="soft small" role="status">
        {found.length === 0 ? 'Không có đơn vị nào khớp.' : `${showCount(found.length)} báo cáo`}
      </p>
      <ObligationList items={found.slice(0, limit)} drafts={drafts} showUnit />
      {found.length > limit ? (
        <button
          type="button"
          className="button"
          onClick={() => {
            setLimit(limit + 3 * SHOWN_AT_ONCE);
          }}
        >
          Xem thêm ({showCount(found.length - limit)})
        </button>
      ) : null}
    </section>
  );
}

type Option = readonly [value: string, words: string];

interface ChoiceProps {
  readonly label: string;
  readonly none?: string;
  readonly chosen: string | undefined;
  readonly options: readonly Option[];
  readonly onChoose: (value: string | undefined) => void;
}

/** One filter; left out while there is nothing to choose from. */
function Choice({ label, none = 'Tất cả', chosen, options, onChoose }: ChoiceProps): ReactNode {
  if (options.length < 2 && chosen === undefined) return null;
  return (
    <label className="field">
      <span className="field-label">{label}</span>
      <select
        className="input"
        value={chosen ?? ''}
        onChange={(event) => {
          onChoose(event.target.value === '' ? undefined : event.target.value);
        }}
      >
        <option value="">{none}</option>
        {options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

function meets(item: ObligationView, filters: ReportsSearch): boolean {
  return (
    (filters['trang-thai'] ?? item.state) === item.state &&
    (filters['yeu-cau'] ?? item.requirement.code) === item.requirement.code &&
    (filters.ky ?? item.period.key) === item.period.key &&
    matches(filters.tim ?? '', item.unit.name, item.unit.code)
  );
}

function orderOf(order: ListOrder | undefined): (a: ObligationView, b: ObligationView) => number {
  switch (order) {
    case undefined:
      return () => 0;
    case 'han':
      return (a, b) => Date.parse(a.deadline) - Date.parse(b.deadline);
    case 'ten':
      return (a, b) => byName(a.unit.name, b.unit.name);
  }
}

function byName(a: string, b: string): number {
  return unaccent(a).localeCompare(unaccent(b), 'vi', { numeric: true });
}

function statesOf(items: readonly ObligationView[]): readonly Option[] {
  return [...new Set(items.map(({ state }) => state))]
    .sort(byUrgency)
    .map((state) => [state, STATE_WORDS[state].words]);
}

/** Newest first: keys of periods sort as text. */
function optionsOf(
  items: readonly ObligationView[],
  option: (item: ObligationView) => Option,
): readonly Option[] {
  return [...new Map(items.map(option))].sort(([a], [b]) => b.localeCompare(a));
}
