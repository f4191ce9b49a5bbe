import type { NoticeView } from '@mach/contracts';
import { matches } from '../text/matches';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Input, Table, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import { noticesQuery } from '../api/queries';
import { FaultPage, WaitingPage } from '../app/edge-pages';
import { usePageTitle } from '../app/page-title';
import { OfficeFrame } from '../design/office-frame';
import { showDateTime } from '../time/time-words';
import { CHANNEL_WORDS, DELIVERY_WORDS, stepWords } from './notice-words';
import './ledger.css';

/** Sổ đôn đốc: who was written to, about what, when, and what became of the message. */
export function LedgerPage(): ReactNode {
  usePageTitle('Sổ đôn đốc');
  const [query, setQuery] = useState('');
  const { data, error } = useQuery(noticesQuery);
  if (!data) return error ? <FaultPage error={error} /> : <WaitingPage />;
  const found = data.items.filter(({ unit, contact, step }) =>
    matches(query, unit.name, unit.code, contact.name, stepWords(step)),
  );
  return (
    <OfficeFrame>
      <div>
        <h1>Sổ đôn đốc</h1>
        <p className="soft">
          Mỗi dòng là một nấc nhắc của một báo cáo, gửi cho một người; mới nhất ở trên, nhiều nhất 1.000 dòng.
        </p>
      </div>
      <section className="card" aria-label="Các lần nhắc">
        <Input.Search
          className="ledger-search"
          aria-label="Tìm theo đơn vị, người nhận hoặc nấc nhắc, không cần dấu"
          placeholder="Tìm đơn vị, người nhận, nấc nhắc"
          allowClear
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
          }}
        />
        <Table<NoticeView>
          rowKey={(row) => `${row.obligationId} ${row.step} ${row.contact.unit} ${row.contact.role}`}
          columns={COLUMNS}
          dataSource={found}
          size="small"
          pagination={{
            defaultPageSize: 25,
            hideOnSinglePage: true,
            showSizeChanger: false,
            responsive: true,
          }}
          showSorterTooltip={false}
          locale={{ emptyText: 'Chưa nhắc ai.' }}
        />
      </section>
    </OfficeFrame>
  );
}

function Deliveries({ notice }: { readonly notice: NoticeView }): ReactNode {
  return (
    <ul className="deliveries">
      {notice.deliveries.map(({ channel, state, sentAt, lastError }) => (
        <li key={channel}>
          <span className={`mark mark-${DELIVERY_WORDS[state].tone}`}>
            {CHANNEL_WORDS[channel]}: {DELIVERY_WORDS[state].words}
          </span>
          {sentAt === null ? null : (
            <span className="number small soft"> {showDateTime(Date.parse(sentAt))}</span>
          )}
          {lastError === null || state === 'sent' || state === 'delivered' ? null : (
            <span className="small late"> {lastError}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

const COLUMNS: TableColumnsType<NoticeView> = [
  {
    key: 'unit',
    title: 'Báo cáo của',
    render: (_, row) => (
      <>
        <Link to="/bao-cao/$obligationId" params={{ obligationId: row.obligationId }} preload={false}>
          {row.unit.name}
        </Link>
        <span className="ledger-line soft small">Kỳ {row.period}</span>
      </>
    ),
  },
  { key: 'step', title: 'Nấc nhắc', responsive: ['md'], render: (_, row) => stepWords(row.step) },
  {
    key: 'contact',
    title: 'Người nhận',
    responsive: ['lg'],
    render: (_, row) => row.contact.name,
  },
  {
    key: 'plannedFor',
    title: 'Định nhắc lúc',
    responsive: ['md'],
    sorter: (a, b) => a.plannedFor.localeCompare(b.plannedFor),
    render: (_, row) => <span className="number small">{showDateTime(Date.parse(row.plannedFor))}</span>,
  },
  { key: 'deliveries', title: 'Đã gửi', render: (_, row) => <Deliveries notice={row} /> },
];
