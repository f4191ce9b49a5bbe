import type {
  CountingReportView,
  ObligationDetailView,
  ReceiptView,
  ReportStatusView,
  SubmitReportRequest,
} from '@mach/contracts';
import type { Reason, ReportEntry } from '@mach/domain';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { obligationQuery, obligationsQuery, sessionQuery } from '../api/queries';
import { NoAnswerError, RefusedError, request, sayError } from '../api/request';
import { attemptFor } from './draft';
import { payloadFrom } from './entry';
import { newIdempotencyKey } from './idempotency-key';
import type { DraftInUse } from './use-draft';
import type { ServerDraft } from './use-server-draft';

interface SendFailure {
  readonly title: string;
  readonly words: string;
  /** Whether the same report may simply be sent again: the server knows it by its key. */
  readonly safeToRepeat: boolean;
}

export interface Sending {
  readonly working: boolean;
  readonly failure: SendFailure | null;
  /** Of the report last sent; null before the first. */
  readonly receiptNumber: string | null;
  /** What the server said against the report last sent. */
  readonly serverFaults: readonly Reason[];
  /** The report that came between; while it is there, the person has to choose. */
  readonly overtakenBy: CountingReportView | null;
  readonly send: () => Promise<void>;
  readonly decided: (status: ReportStatusView) => void;
  /** The person keeps the report that came between. */
  readonly keepTheirs: (theirs: CountingReportView, fields: ReportEntry) => void;
  /** The person has seen the report that came between, and sends the own one in its place. */
  readonly sendMine: (theirs: CountingReportView) => Promise<void>;
}

const UNANSWERED: SendFailure = {
  title: 'Chưa nhận được trả lời của hệ thống',
  words:
    'Báo cáo có thể đã đến hoặc chưa. Đồng chí cứ bấm «Gửi lại»: hệ thống nhận ra báo cáo này và chỉ ghi nhận một lần. Bản nháp vẫn còn trên máy này.',
  safeToRepeat: true,
};

/** Sends a report so that pressing again never makes a second one, and keeps what the server answered. */
export function useSending(
  detail: ObligationDetailView,
  draft: DraftInUse,
  saveDraft: ServerDraft['flush'],
): Sending {
  const client = useQueryClient();
  const router = useRouter();
  const { latest } = detail;
  const [working, setWorking] = useState(false);
  const [failure, setFailure] = useState<SendFailure | null>(draft.attempt ? UNANSWERED : null);
  const [receiptNumber, setReceiptNumber] = useState(draft.awaiting ?? latest?.status.receiptNumber ?? null);
  const [overtakenBy, setOvertakenBy] = useState<CountingReportView | null>(null);
  const [serverFaults, setServerFaults] = useState<readonly Reason[]>(
    draft.origin === 'latest' ? (latest?.status.reasons ?? []) : [],
  );

  const refused = (error: RefusedError) => {
    const faults = error.problem.errors ?? [];
    setServerFaults(faults);
    const words = faults.length === 0 ? [error.problem.detail] : faults.map(({ message }) => message);
    setFailure({ title: error.problem.title, words: words.join(' '), safeToRepeat: false });
    if (error.status === 401) {
      client.setQueryData(sessionQuery.queryKey, null);
      void router.invalidate();
    }
  };

  const send = async () => {
    // Who filled in the same places meanwhile is met before anything is sent.
    setWorking(true);
    const free = await saveDraft();
    setWorking(false);
    if (!free) return;
    const report: SubmitReportRequest = {
      requirement: detail.requirement.code,
      period: detail.period.key,
      unit: detail.unit.code,
      formVersion: detail.formVersion,
      basedOn: draft.basedOn(),
      ...payloadFrom(detail.definition, draft.now().entry),
    };
    const attempt = attemptFor(JSON.stringify(report), draft.attempt, newIdempotencyKey);
    draft.rememberAttempt(attempt);
    setWorking(true);
    setFailure(null);
    try {
      const headers = { 'Idempotency-Key': attempt.key };
      const receipt = await request<ReceiptView>('/reports', { method: 'POST', body: attempt.body, headers });
      draft.settle(receipt.receiptNumber);
      setServerFaults([]);
      setOvertakenBy(null);
      setReceiptNumber(receipt.receiptNumber);
    } catch (error) {
      if (error instanceof RefusedError) {
        draft.rememberAttempt(null);
        draft.judged();
        refused(error);
      } else
        setFailure(
          error instanceof NoAnswerError
            ? UNANSWERED
            : { title: 'Chưa gửi được', words: sayError(error), safeToRepeat: true },
        );
    } finally {
      setWorking(false);
    }
  };

  const decided = (status: ReportStatusView) => {
    setOvertakenBy(status.overtakenBy);
    if (status.overtakenBy === null) draft.closed();
    if (latest?.status.receiptNumber === status.receiptNumber && latest.status.state === status.state) return;
    setServerFaults(status.reasons);
    void client.invalidateQueries({ queryKey: obligationQuery(detail.id).queryKey });
    void client.invalidateQueries({ queryKey: obligationsQuery.queryKey });
  };

  const keepTheirs = (theirs: CountingReportView, fields: ReportEntry) => {
    draft.goOnFrom(theirs.receiptNumber, fields);
    setOvertakenBy(null);
    setServerFaults([]);
    setReceiptNumber(theirs.receiptNumber);
  };

  const sendMine = async (theirs: CountingReportView) => {
    draft.goOnFrom(theirs.receiptNumber, 'mine');
    await send();
  };

  return {
    working,
    failure,
    receiptNumber,
    serverFaults,
    overtakenBy,
    send,
    decided,
    keepTheirs,
    sendMine,
  };
}
