import type { ImportSummaryView } from '@mach/contracts';
import { DUTIES, showDateTime } from '@mach/domain';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { sessionQuery, watchQuery } from '../api/queries';
import { FaultPage, WaitingPage } from '../app/edge-pages';
import { usePageTitle } from '../app/page-title';
import { MessageBox } from '../design/message-box';
import { importsQuery } from './import-queries';
import { HandIn } from './hand-in';
import { STATE_WORDS } from './import-words';
import { SubjectChoice, type ImportSubject } from './subject-choice';
import { TemplateLinks } from './template-links';
import './imports.css';

/** Nhập tệp: the workbook of a form to fill in, and the way back for it. */
export function ImportsPage(): ReactNode {
  usePageTitle('Nhập báo cáo từ tệp');
  const { data: watch, error } = useQuery(watchQuery);
  const { data: session } = useQuery(sessionQuery);
  const [subject, setSubject] = useState<ImportSubject | null>(null);
  if (!watch) return error ? <FaultPage error={error} /> : <WaitingPage />;
  return (
    <>
      <div>
        <h1>Nhập báo cáo từ tệp</h1>
        <p className="soft">
          Điền số liệu của nhiều đơn vị vào một bảng tính, kiểm tra trước rồi nộp một lần.
        </p>
      </div>
      {watch.items.length === 0 ? (
        <MessageBox tone="quiet">Chưa có kỳ báo cáo nào được mở cho đơn vị.</MessageBox>
      ) : (
        <section className="card import-steps">
          <SubjectChoice watch={watch} subject={subject} onChoose={setSubject} />
          {subject === null ? null : <TemplateLinks subject={subject} />}
          {subject !== null && session && DUTIES[session.role].reports ? <HandIn subject={subject} /> : null}
        </section>
      )}
      <RecentImports />
    </>
  );
}

function RecentImports(): ReactNode {
  const { data } = useQuery(importsQuery);
  if (!data || data.items.length === 0) return null;
  return (
    <section className="card" aria-label="Các lần nhập tệp">
      <h2>Các lần nhập tệp</h2>
      <ul className="import-list">
        {data.items.map((item) => (
          <RecentImport key={item.id} item={item} />
        ))}
      </ul>
    </section>
  );
}

function RecentImport({ item }: { readonly item: ImportSummaryView }): ReactNode {
  const { words, tone } = STATE_WORDS[item.state];
  return (
    <li>
      <Link to="/nhap-tep/$importId" params={{ importId: item.id }}>
        {item.fileName}
      </Link>
      <span className={`mark mark-${tone}`}>{words}</span>
      <span className="soft small">
        {item.requirement.title}, {item.period.label} · {item.createdBy} ·{' '}
        {showDateTime(Date.parse(item.createdAt))}
      </span>
    </li>
  );
}
