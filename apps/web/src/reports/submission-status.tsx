import type { ReportStatusView } from '@mach/contracts';
import { showDateTime, type FormDefinition, type SubmissionState } from '@mach/domain';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, type ReactNode } from 'react';
import { reportStatusQuery } from '../api/queries';
import { BackLink } from '../app/back-link';
import { MessageBox, type Tone } from '../design/message-box';
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
  const told = tellingOf(status);
  useEffect(() => {
    if (fresh) box.current?.scrollIntoView({ block: 'start' });
  }, [fresh, receiptNumber]);
  useEffect(() => {
    if (status && state !== 'received') onDecided(status);
    // A decision is told once, when the state changes, not whenever the parent draws again.
  }, [receiptNumber, state]);
  return (
    <div ref={box} className="receipt">
      <MessageBox tone={told.tone} live>
        <p className="message-title" data-testid="report-status">
          {told.words}
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

interface Telling {
  readonly tone: Tone;
  readonly words: string;
}

/** How a decision is told; `version` stands behind a report that counts or counted. */
const TELLING: Readonly<Record<SubmissionState, (version: string) => Telling>> = {
  received: () => ({ tone: 'info', words: 'Đã tiếp nhận, đang kiểm tra…' }),
  accepted: (version) => ({ tone: 'good', words: `Hợp lệ${version}` }),
  superseded: (version) => ({ tone: 'good', words: `Hợp lệ${version}, đã có bản mới hơn thay thế` }),
  rejected: () => ({ tone: 'bad', words: 'Không hợp lệ' }),
  returned: (version) => ({ tone: 'bad', words: `Bị cấp trên trả lại${version}, cần sửa và nộp lại` }),
};
const OVERTAKEN: Telling = { tone: 'warn', words: 'Chưa ghi nhận, vì đã có bản khác của đơn vị' };

function tellingOf(status: ReportStatusView | undefined): Telling {
  if (status?.overtakenBy) return OVERTAKEN;
  const version = status?.version ? ` (phiên bản ${String(status.version)})` : '';
  return TELLING[status?.state ?? 'received'](version);
}
