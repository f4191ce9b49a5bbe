import type { ImportView } from '@mach/contracts';
import { DUTIES, showCount, showDateTime } from '@mach/domain';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { sessionQuery } from '../api/queries';
import { FaultPage, WaitingPage } from '../app/edge-pages';
import { usePageTitle } from '../app/page-title';
import { MessageBox } from '../design/message-box';
import { importQuery } from './import-queries';
import { ImportActions } from './import-actions';
import { ImportRows } from './import-rows';
import { STATE_WORDS } from './import-words';
import './imports.css';

/** One import: what its dry run found, applying it, and what became of each row. */
export function ImportPage(): ReactNode {
  const { importId } = useParams({ from: '/signed-in/nhap-tep/$importId' });
  const { data: view, error } = useQuery(importQuery(importId));
  const { data: session } = useQuery(sessionQuery);
  usePageTitle(view === undefined ? 'Nhập tệp' : view.fileName);
  if (!view) return error ? <FaultPage error={error} /> : <WaitingPage />;
  return (
    <>
      <div>
        <nav className="crumbs" aria-label="Đường dẫn">
          <Link to="/nhap-tep">Nhập tệp</Link>
        </nav>
        <h1 className="import-title">{view.fileName}</h1>
        <p className="soft">
          {view.requirement.title}, {view.period.label} · {view.createdBy} gửi lúc{' '}
          {showDateTime(Date.parse(view.createdAt))}
        </p>
      </div>
      <section className="card import-steps" aria-label="Kết quả kiểm tra">
        <p className="state-line" role="status">
          <span className={`mark mark-${STATE_WORDS[view.state].tone}`}>{STATE_WORDS[view.state].words}</span>
          {view.state === 'reading' ? (
            <span className="soft">Đã đọc {showCount(view.counts.total)} dòng.</span>
          ) : null}
        </p>
        {view.refusal === null ? null : <MessageBox tone="bad">{view.refusal.message}</MessageBox>}
        {view.notes.map((note) => (
          <MessageBox key={note} tone="warn">
            {note}
          </MessageBox>
        ))}
        {view.counts.total > 0 ? <Counts view={view} /> : null}
        {session && DUTIES[session.role].reports ? <ImportActions view={view} /> : null}
        {view.counts.total > 0 && view.state !== 'reading' ? <ResultLinks id={view.id} /> : null}
      </section>
      {view.counts.total > 0 && view.state !== 'reading' ? <ImportRows view={view} /> : null}
    </>
  );
}

function Counts({ view: { state, counts } }: { readonly view: ImportView }): ReactNode {
  const { verdicts, outcomes } = counts;
  const toSend = verdicts.new + verdicts.correction;
  const sent = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  const begun = state === 'applying' || state === 'applied' || sent > 0;
  return (
    <>
      <dl className="import-counts">
        <Count label="Nộp mới" count={verdicts.new} />
        <Count label="Nộp lại" count={verdicts.correction} />
        <Count label="Không thay đổi" count={verdicts.same} />
        <Count label="Không nhận" count={verdicts.refused} bad />
      </dl>
      {begun ? (
        <>
          <label className="field">
            <span className="field-label">
              Đã gửi {showCount(sent + counts.withheld)} / {showCount(toSend)} báo cáo
            </span>
            <progress className="import-progress" max={Math.max(toSend, 1)} value={sent + counts.withheld} />
          </label>
          <dl className="import-counts">
            <Count label="Đã ghi nhận" count={outcomes.accepted + outcomes.superseded} />
            <Count label="Đang kiểm tra" count={outcomes.received} />
            <Count label="Không được ghi nhận" count={outcomes.rejected + outcomes.returned} bad />
            <Count label="Không nộp được" count={counts.withheld} bad />
          </dl>
        </>
      ) : null}
    </>
  );
}

function Count({
  label,
  count,
  bad = false,
}: {
  readonly label: string;
  readonly count: number;
  readonly bad?: boolean;
}): ReactNode {
  return (
    <div>
      <dt className="soft small">{label}</dt>
      <dd className={bad && count > 0 ? 'late' : ''}>{showCount(count)}</dd>
    </div>
  );
}

function ResultLinks({ id }: { readonly id: string }): ReactNode {
  const base = `/api/v1/imports/${encodeURIComponent(id)}/result`;
  return (
    <div className="import-actions" role="group" aria-label="Tải kết quả">
      <a className="button button-small" href={base} download>
        Tải kết quả (Excel)
      </a>
      <a className="button button-small" href={`${base}?format=csv`} download>
        Tải kết quả (CSV)
      </a>
    </div>
  );
}
