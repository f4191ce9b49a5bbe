import type { ObligationDetailView } from '@mach/contracts';
import { DUTIES, showDateTime } from '@mach/domain';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { draftQuery, obligationQuery, prefillQuery, sessionQuery } from '../api/queries';
import { FaultPage, WaitingPage } from '../app/edge-pages';
import { BackLink } from '../app/back-link';
import { usePageTitle } from '../app/page-title';
import { MessageBox } from '../design/message-box';
import { ReportHints } from '../hints/report-hints';
import { useServerNow } from '../time/server-clock';
import { ExtensionBox } from '../reviews/extension-box';
import { OfficeActs } from '../reviews/office-acts';
import { Deadline } from './obligation-list';
import { ReportEntry } from './report-entry';
import { StateMark } from './state-mark';
import './report.css';

export function ReportPage(): ReactNode {
  usePageTitle('Báo cáo');
  const { obligationId } = useParams({ from: '/signed-in/bao-cao/$obligationId' });
  const { data: session } = useQuery(sessionQuery);
  // The form must not change under a person's hands: it is read when the page opens, and again after a
  // decision.
  const { data: detail, error } = useQuery({ ...obligationQuery(obligationId), refetchOnWindowFocus: false });
  const mayReport = session ? DUTIES[session.role].reports : false;
  const asked = { enabled: mayReport, refetchOnWindowFocus: false };
  const draft = useQuery({ ...draftQuery(obligationId), ...asked });
  const prefill = useQuery({ ...prefillQuery(obligationId), ...asked });
  return (
    <div className="report">
      <nav aria-label="Đường dẫn" className="small">
        <BackLink otherwise={mayReport ? '/bao-cao' : '/theo-doi'} />
      </nav>
      {error && !detail ? <FaultPage error={error} /> : null}
      {!detail || !session || (mayReport && (draft.isPending || prefill.isPending)) ? (
        error ? null : (
          <WaitingPage />
        )
      ) : (
        <>
          <ReportHead
            detail={detail}
            instead={mayReport && detail.unit.code !== session.unit.code}
            own={mayReport && detail.unit.code === session.unit.code}
          />
          <OfficeActs detail={detail} />
          <ReportHints obligationId={detail.id} />
          <ReportEntry
            key={detail.id}
            detail={detail}
            username={session.username}
            mayReport={mayReport}
            opened={{ remote: draft.data, prefill: prefill.data }}
          />
        </>
      )}
    </div>
  );
}

function ReportHead({
  detail,
  instead,
  own,
}: {
  readonly detail: ObligationDetailView;
  readonly instead: boolean;
  readonly own: boolean;
}): ReactNode {
  const now = useServerNow(30_000);
  const closed = whyClosed(detail);
  return (
    <header className="report-head">
      <h1>{detail.requirement.title}</h1>
      <p>
        <strong>{detail.unit.name}</strong> · {detail.period.label}
      </p>
      <p className="soft small">
        Theo {detail.plan.symbol}: {detail.plan.title}
      </p>
      <p className="state-line">
        <StateMark state={detail.state} />
        <Deadline item={detail} now={now} />
      </p>
      {instead ? <MessageBox tone="info">Đồng chí đang nhập thay cho {detail.unit.name}.</MessageBox> : null}
      {closed === null ? null : <MessageBox tone="quiet">{closed}</MessageBox>}
      {own ? <ExtensionBox detail={detail} /> : null}
    </header>
  );
}

/** Why nothing can be sent now; null when something can. */
function whyClosed(detail: ObligationDetailView): string | null {
  switch (detail.state) {
    case 'upcoming':
      return `Báo cáo này mở nhận từ ${showDateTime(Date.parse(detail.opensAt))}.`;
    case 'exempt':
      return 'Đơn vị được miễn báo cáo kỳ này.';
    case 'closed':
      return `Báo cáo này đã đóng nhận từ ${showDateTime(Date.parse(detail.closesAt))}.`;
    case 'open':
    case 'due_soon':
    case 'overdue':
    case 'received':
    case 'rejected':
    case 'accepted':
    case 'accepted_permitted':
    case 'accepted_late':
    case 'under_review':
    case 'approved':
    case 'returned':
    case 'figures_returned':
      return null;
  }
}
