import type { VerificationListView, VerificationView } from '@mach/contracts';
import { showCount, showDateTime } from '@mach/domain';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { verificationsQuery } from '../api/queries';
import { request, sayError } from '../api/request';
import { FaultPage, WaitingPage } from '../app/edge-pages';
import { usePageTitle } from '../app/page-title';
import { MessageBox } from '../design/message-box';
import { DifferenceList } from './difference-list';
import './verifications.css';

/** Whether every stored figure is what the reports say: the last verifications, and a button for another. */
export function VerificationsPage(): ReactNode {
  usePageTitle('Kiểm tra số liệu');
  const client = useQueryClient();
  const { data, error } = useQuery(verificationsQuery);
  const ask = useMutation({
    mutationFn: () => request<VerificationListView>('/verifications', { method: 'POST' }),
    onSuccess: (list) => {
      client.setQueryData(verificationsQuery.queryKey, list);
    },
  });
  if (!data) return error ? <FaultPage error={error} /> : <WaitingPage />;
  const underWay = data.items.some(({ finishedAt }) => finishedAt === null);
  return (
    <>
      <div className="verifications-head">
        <div>
          <h1>Kiểm tra số liệu</h1>
          <p className="soft">
            Mỗi đêm, mọi số liệu đã lưu được tính lại từ các báo cáo bằng một cách khác rồi so từng số.
          </p>
        </div>
        <button
          type="button"
          className="button"
          disabled={underWay || ask.isPending}
          onClick={() => {
            ask.mutate();
          }}
        >
          {underWay ? 'Đang kiểm tra…' : 'Kiểm tra ngay'}
        </button>
      </div>
      {ask.error ? <MessageBox tone="bad">{sayError(ask.error)}</MessageBox> : null}
      {data.items.length === 0 ? <p className="soft">Chưa có lần kiểm tra nào.</p> : null}
      <ul className="verifications">
        {data.items.map((run) => (
          <Run key={run.id} run={run} />
        ))}
      </ul>
    </>
  );
}

function Run({ run }: { readonly run: VerificationView }): ReactNode {
  const { askedAt, askedBy, startedAt, finishedAt, result } = run;
  const took =
    startedAt === null || finishedAt === null
      ? null
      : Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000;
  return (
    <li className="card verification">
      <h2>{showDateTime(Date.parse(askedAt))}</h2>
      <p className="soft small">
        {askedBy === null ? 'Tự động hằng đêm' : `${askedBy} yêu cầu`}
        {took === null ? null : ` · hết ${String(Math.max(1, Math.round(took)))} giây`}
      </p>
      <Verdict run={run} />
      {result === null || result.differences === 0 ? null : (
        <>
          <DifferenceList differences={result.found} />
          {result.differences > result.found.length ? (
            <p className="soft small">
              Còn {showCount(result.differences - result.found.length)} chỗ khác, không liệt kê hết.
            </p>
          ) : null}
        </>
      )}
    </li>
  );
}

function Verdict({ run: { finishedAt, result, failure } }: { readonly run: VerificationView }): ReactNode {
  if (finishedAt === null) return <p role="status">Đang chờ hoặc đang kiểm tra…</p>;
  if (result === null)
    return (
      <MessageBox tone="bad">
        Không kiểm tra được. Chi tiết kỹ thuật: <span lang="en">{failure}</span>
      </MessageBox>
    );
  const compared = result.nodes - result.waiting;
  const looked = `đã so ${showCount(compared)} bảng tổng hợp và ${showCount(result.reports)} nghĩa vụ báo cáo`;
  const waiting =
    result.waiting === 0 ? '' : ` ${showCount(result.waiting)} bảng đang chờ tổng hợp lúc đó nên chưa so.`;
  return result.differences === 0 ? (
    <MessageBox tone={compared === 0 && result.nodes > 0 ? 'warn' : 'good'}>
      {result.waiting === 0 ? 'Khớp hoàn toàn' : 'Mọi số đã so đều khớp'}: {looked}.{waiting}
    </MessageBox>
  ) : (
    <MessageBox tone="bad">
      Có {showCount(result.differences)} chỗ không khớp ({looked}).{waiting}
    </MessageBox>
  );
}
