import type { NoticeView } from '@mach/contracts';
import { showCount, showDateTime } from '@mach/domain';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { noticesQuery } from '../api/queries';
import { sayError } from '../api/request';
import { FaultPage, WaitingPage } from '../app/edge-pages';
import { usePageTitle } from '../app/page-title';
import { MessageBox } from '../design/message-box';
import { OfficeFrame } from '../design/office-frame';
import { isSearched, LedgerFilters } from './ledger-filters';
import { CHANNEL_WORDS, DELIVERY_WORDS, stepWords } from './notice-words';
import './ledger.css';

/** Sổ đôn đốc: who was written to, about what, when, and what became of the message. */
export function LedgerPage(): ReactNode {
  usePageTitle('Sổ đôn đốc');
  const search = useSearch({ from: '/signed-in/don-doc' });
  const navigate = useNavigate();
  const { data, error, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    noticesQuery(search),
  );
  if (!data) return error ? <FaultPage error={error} /> : <WaitingPage />;
  const items = data.pages.flatMap((page) => page.items);
  return (
    <OfficeFrame>
      <div>
        <h1>Sổ đôn đốc</h1>
        <p className="soft">Mỗi dòng là một nấc nhắc của một báo cáo, gửi cho một người; mới nhất ở trên.</p>
      </div>
      <section className="card" aria-label="Các lần nhắc">
        <LedgerFilters
          search={search}
          onSearch={(next) => {
            void navigate({ to: '/don-doc', search: next });
          }}
        />
        {error ? (
          <MessageBox tone="warn">{sayError(error)} Danh sách dưới đây có thể đã cũ.</MessageBox>
        ) : null}
        <Table<NoticeView>
          rowKey={(row) => `${row.obligationId} ${row.step} ${row.contact.unit} ${row.contact.role}`}
          columns={COLUMNS}
          dataSource={items}
          size="small"
          loading={isPlaceholderData}
          pagination={false}
          locale={{
            emptyText: isSearched(search) ? 'Không có lần nhắc nào đúng điều kiện tìm.' : 'Chưa nhắc ai.',
          }}
        />
        <p className="ledger-more" aria-live="polite">
          <span className="soft small">
            {hasNextPage
              ? `Đang hiện ${showCount(items.length)} dòng mới nhất.`
              : `Đã hiện hết: ${showCount(items.length)} dòng.`}
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
          {lastError !== null && DELIVERY_WORDS[state].errorMatters ? (
            <span className="small late"> {lastError}</span>
          ) : null}
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
  {
    key: 'step',
    title: 'Nấc nhắc',
    width: '11rem',
    responsive: ['md'],
    render: (_, row) => stepWords(row.step),
  },
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
    render: (_, row) => <span className="number small">{showDateTime(Date.parse(row.plannedFor))}</span>,
  },
  { key: 'deliveries', title: 'Đã gửi', render: (_, row) => <Deliveries notice={row} /> },
];
