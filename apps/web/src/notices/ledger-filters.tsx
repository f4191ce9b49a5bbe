import type { WatchListView } from '@mach/contracts';
import { DELIVERY_STATES, type DeliveryState } from '@mach/domain';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { watchQuery } from '../api/queries';
import type { LedgerSearch } from '../app/search-params';
import { DELIVERY_WORDS, KNOWN_STEPS, stepWords } from './notice-words';

interface LedgerFiltersProps {
  readonly search: LedgerSearch;
  readonly onSearch: (search: LedgerSearch) => void;
}

/** Words and choices to search the ledger by; each change is a new search. */
export function LedgerFilters({ search, onSearch }: LedgerFiltersProps): ReactNode {
  const { data: watch } = useQuery(watchQuery);
  const change = (changed: {
    readonly [Name in keyof LedgerSearch]?: LedgerSearch[Name] | undefined;
  }): void => {
    const entries = Object.entries({ ...search, ...changed });
    onSearch(Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== '')));
  };
  return (
    <div className="ledger-filters" role="search" aria-label="Tìm trong sổ đôn đốc">
      <Input.Search
        key={search.tim ?? ''}
        className="ledger-search"
        aria-label="Tìm theo tên hoặc mã đơn vị, không cần dấu"
        placeholder="Tên hoặc mã đơn vị"
        allowClear
        maxLength={100}
        defaultValue={search.tim ?? ''}
        onSearch={(words) => {
          change({ tim: words.trim() });
        }}
      />
      <Select<string>
        aria-label="Yêu cầu báo cáo"
        placeholder="Mọi yêu cầu"
        allowClear
        value={search['yeu-cau'] ?? null}
        options={requirementsOf(watch)}
        onChange={(requirement: string | undefined) => {
          change({ 'yeu-cau': requirement });
        }}
      />
      <Select<string>
        aria-label="Kỳ báo cáo"
        placeholder="Mọi kỳ"
        allowClear
        value={search.ky ?? null}
        options={periodsOf(watch)}
        onChange={(period: string | undefined) => {
          change({ ky: period });
        }}
      />
      <Select<string>
        aria-label="Nấc nhắc"
        placeholder="Mọi nấc nhắc"
        allowClear
        value={search.nac ?? null}
        options={KNOWN_STEPS.map((step) => ({ value: step, label: stepWords(step) }))}
        onChange={(step: string | undefined) => {
          change({ nac: step });
        }}
      />
      <Select<DeliveryState>
        aria-label="Tình trạng gửi"
        placeholder="Mọi tình trạng"
        allowClear
        value={search['trang-thai'] ?? null}
        options={DELIVERY_STATES.map((state) => ({ value: state, label: DELIVERY_WORDS[state].words }))}
        onChange={(state: DeliveryState | undefined) => {
          change({ 'trang-thai': state });
        }}
      />
      {isSearched(search) ? (
        <Button
          type="link"
          onClick={() => {
            onSearch({});
          }}
        >
          Bỏ điều kiện tìm
        </Button>
      ) : null}
    </div>
  );
}

/** Whether the ledger is narrowed by anything. */
export function isSearched(search: LedgerSearch): boolean {
  return Object.keys(search).length > 0;
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

function requirementsOf(watch: WatchListView | undefined): Choice[] {
  return (watch?.items ?? []).map(({ requirement }) => ({
    value: requirement.code,
    label: requirement.title,
  }));
}

function periodsOf(watch: WatchListView | undefined): Choice[] {
  const periods = (watch?.items ?? []).flatMap((item) => item.periods);
  return [...new Map(periods.map(({ key, label }) => [key, { value: key, label }])).values()];
}
