import type { ObligationView } from '@mach/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { obligationsQuery, sessionQuery } from '../api/queries';
import { sayError } from '../api/request';
import { FaultPage, WaitingPage } from '../app/edge-pages';
import { usePageTitle } from '../app/page-title';
import { MessageBox } from '../design/message-box';
import type { Draft } from './draft';
import { ObligationList } from './obligation-list';
import { byUrgency } from './obligation-words';
import { useDrafts } from './use-drafts';
import { UnitsBelow } from './units-below';
import './my-reports.css';

/** What the own unit owes, and for a committee what its cells owe: it may hand in for them (nhập thay). */
export function MyReportsPage(): ReactNode {
  usePageTitle('Báo cáo của tôi');
  const { data: session } = useQuery(sessionQuery);
  const { data, error } = useQuery({ ...obligationsQuery, refetchInterval: 60_000 });
  const own = session?.unit.code;
  const drafts = useDrafts(session?.username);
  const ordered = useMemo(
    () =>
      [...(data ?? [])].sort(
        (a, b) => isBegun(b, drafts) - isBegun(a, drafts) || byUrgency(a.state, b.state),
      ),
    [data, drafts],
  );
  if (error && !data) return <FaultPage error={error} />;
  if (!data || !session) return <WaitingPage />;
  const mine = ordered.filter(({ unit }) => unit.code === own);
  const below = ordered.filter(({ unit }) => unit.code !== own);
  return (
    <>
      <div>
        <h1>Báo cáo của tôi</h1>
        <p className="soft">{session.unit.name}</p>
      </div>
      {error ? <MessageBox tone="warn">{sayError(error)} Danh sách dưới đây có thể đã cũ.</MessageBox> : null}
      <section aria-labelledby="don-vi-minh" className="owed">
        <h2 id="don-vi-minh">Báo cáo của đơn vị</h2>
        {mine.length === 0 ? (
          <MessageBox tone="quiet">
            Hiện không có báo cáo nào phải nộp. Khi mở kỳ báo cáo mới, báo cáo sẽ hiện ở đây.
          </MessageBox>
        ) : (
          <ObligationList items={mine} drafts={drafts} showUnit={false} />
        )}
      </section>
      {below.length === 0 ? null : <UnitsBelow items={below} drafts={drafts} />}
    </>
  );
}

/** 1 when something is typed and not sent, here or on the server. */
function isBegun({ id, draft }: ObligationView, drafts: ReadonlyMap<string, Draft>): number {
  return Number(draft !== null || drafts.has(id));
}
