import { showDateTime } from '@mach/domain';
import type { SetAsideView } from '@mach/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { setAsideQuery } from '../api/queries';
import { request, sayError } from '../api/request';
import { FaultPage, WaitingPage } from '../app/edge-pages';
import { usePageTitle } from '../app/page-title';
import { MessageBox } from '../design/message-box';
import './set-aside.css';

/** Messages that could not be handled, as they came; they can be handed in again once the cause is mended. */
export function SetAsidePage(): ReactNode {
  usePageTitle('Tin bị để riêng');
  const { data, error } = useQuery(setAsideQuery);
  if (!data) return error ? <FaultPage error={error} /> : <WaitingPage />;
  return (
    <>
      <div>
        <h1>Tin bị để riêng</h1>
        <p className="soft">Những tin hệ thống không xử lý được. Các tin khác vẫn chạy bình thường.</p>
      </div>
      {data.items.length === 0 ? (
        <MessageBox tone="good">Không có tin nào bị để riêng.</MessageBox>
      ) : (
        <ul className="set-aside">
          {data.items.map((item) => (
            <SetAsideItem key={item.id} item={item} />
          ))}
        </ul>
      )}
    </>
  );
}

function SetAsideItem({ item }: { readonly item: SetAsideView }): ReactNode {
  const client = useQueryClient();
  const replay = useMutation({
    mutationFn: () => request(`/set-aside/${encodeURIComponent(item.id)}/replay`, { method: 'POST' }),
    onSettled: () => client.invalidateQueries({ queryKey: setAsideQuery.queryKey }),
  });
  return (
    <li className="card set-aside-item">
      <h2>{item.name ?? 'Tin không rõ loại'}</h2>
      <p className="late">
        Chi tiết kỹ thuật: <span lang="en">{item.reason}</span>
      </p>
      <p className="soft small">
        Hàng đợi {item.queue} · để riêng lúc {showDateTime(Date.parse(item.setAsideAt))} · đã thử{' '}
        {item.attempts} lần
      </p>
      <pre tabIndex={0} aria-label="Nội dung tin">
        {item.raw}
      </pre>
      {replay.error ? <MessageBox tone="bad">{sayError(replay.error)}</MessageBox> : null}
      {item.replayedAt !== null ? (
        <p className="mark mark-good">Đã cho xử lý lại lúc {showDateTime(Date.parse(item.replayedAt))}</p>
      ) : item.name === null ? (
        <p className="soft small">
          Tin này không do hệ thống gửi, không có gì để xử lý lại; giữ lại để tra cứu.
        </p>
      ) : (
        <button
          type="button"
          className="button"
          disabled={replay.isPending}
          onClick={() => {
            replay.mutate();
          }}
        >
          Xử lý lại
        </button>
      )}
    </li>
  );
}
