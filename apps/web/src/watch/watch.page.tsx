import { useQuery } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { watchQuery } from '../api/queries';
import { FaultPage, WaitingPage } from '../app/edge-pages';
import { usePageTitle } from '../app/page-title';
import { MessageBox } from '../design/message-box';
import { latestPeriod } from './latest-period';

/** Goes on to the newest period of the first requirement, at the top of what the person may see. */
export function WatchPage(): ReactNode {
  usePageTitle('Theo dõi');
  const { data, error } = useQuery(watchQuery);
  if (error && !data) return <FaultPage error={error} />;
  if (!data) return <WaitingPage />;
  const target = latestPeriod(data);
  if (!target) {
    return (
      <>
        <h1>Theo dõi</h1>
        <MessageBox tone="quiet">
          Chưa có kỳ báo cáo nào được mở. Khi quản trị mở kỳ, số liệu sẽ hiện ở đây.
        </MessageBox>
      </>
    );
  }
  return (
    <Navigate
      to="/theo-doi/$requirement/$period/$unit"
      params={{ requirement: target.requirement, period: target.period, unit: data.unit.code }}
      replace
    />
  );
}
