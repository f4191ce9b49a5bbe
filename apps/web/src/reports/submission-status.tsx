import type { ReportStatusView } from '@mach/contracts';
import type { FormDefinition } from '@mach/domain';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, type ReactNode } from 'react';
import { reportStatusQuery } from '../api/queries';
import { BackLink } from '../app/back-link';
import { MessageBox, type Tone } from '../design/message-box';
import { showDateTime } from '../time/time-words';
import { FaultLinks } from './fault-summary';

interface SubmissionStatusProps {
  readonly receiptNumber: string;
  /** Whether it was sent just now: then the person is led to it. */
  readonly fresh: boolean;
  readonly definition: FormDefinition;
  readonly onDecided: (status: ReportStatusView) => void;
}

/** Phiếu tiếp nhận: the receipt, and what became of the report, followed until it is decided. */
export function SubmissionStatus({
  receiptNumber,
  fresh,
  definition,
  onDecided,
}: SubmissionStatusProps): ReactNode {
  const { data: status } = useQuery(reportStatusQuery(receiptNumber));
  const box = useRef<HTMLDivElement>(null);
  const state = status?.state;
  useEffect(() => {
    if (fresh) box.current?.scrollIntoView({ block: 'start' });
  }, [fresh, receiptNumber]);
  useEffect(() => {
    if (status && state !== 'received') onDecided(status);
    // A decision is told once, when the state changes, not whenever the parent draws again.
  }, [receiptNumber, state]);
  return (
    <div ref={box} className="receipt">
      <MessageBox tone={toneOf(status)} live>
        <p className="message-title" data-testid="report-status">
          {wordsOf(status)}
        </p>
        <p>
          Số phiếu tiếp nhận: <strong data-testid="receipt-number">{receiptNumber}</strong>
          {status ? <>, nhận lúc {showDateTime(Date.parse(status.receivedAt))}</> : null}
        </p>
        {fresh && status?.state === 'accepted' ? (
          <p>
            <BackLink otherwise="/bao-cao" label="Về danh sách báo cáo" />
          </p>
        ) : null}
        {status?.state === 'rejected' && status.overtakenBy === null ? (
          <>
            <p>Đồng chí sửa các chỗ dưới đây rồi gửi lại:</p>
            <FaultLinks faults={status.reasons} definition={definition} />
          </>
        ) : null}
      </MessageBox>
    </div>
  );
}

function toneOf(status: ReportStatusView | undefined): Tone {
  if (!status || status.state === 'received') return 'info';
  if (status.overtakenBy !== null) return 'warn';
  return status.state === 'rejected' ? 'bad' : 'good';
}

function wordsOf(status: ReportStatusView | undefined): string {
  const version = status?.version ? ` (phiên bản ${String(status.version)})` : '';
  switch (status?.state) {
    case 'accepted':
      return `Hợp lệ${version}`;
    case 'superseded':
      return `Hợp lệ${version}, đã có bản mới hơn thay thế`;
    case 'rejected':
      return status.overtakenBy === null ? 'Không hợp lệ' : 'Chưa ghi nhận, vì đã có bản khác của đơn vị';
    case 'received':
    case undefined:
      return 'Đã tiếp nhận, đang kiểm tra…';
  }
}
