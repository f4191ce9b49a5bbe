import { showCount, showDay } from '@mach/domain';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { formsQuery } from '../api/queries';
import { FaultPage, WaitingPage } from '../app/edge-pages';
import { usePageTitle } from '../app/page-title';
import { OfficeFrame } from '../design/office-frame';
import './catalogue.css';

/** Biểu mẫu: every form with its newest version. */
export function FormsPage(): ReactNode {
  usePageTitle('Biểu mẫu');
  const { data, error } = useQuery(formsQuery);
  if (!data) return error ? <FaultPage error={error} /> : <WaitingPage />;
  return (
    <OfficeFrame>
      <div>
        <h1>Biểu mẫu báo cáo</h1>
        <p className="soft">
          Phiên bản đã phát hành không thay đổi; muốn khác đi thì phát hành phiên bản mới.
        </p>
      </div>
      <section className="card scrolls" tabIndex={0} aria-label="Các biểu mẫu, cuộn ngang được">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">Biểu mẫu</th>
              <th scope="col">Phiên bản</th>
              <th scope="col">Phát hành ngày</th>
              <th scope="col">Chỉ tiêu</th>
            </tr>
          </thead>
          <tbody>
            {data.items.map(({ code, title, versions }) => {
              const newest = versions.at(-1);
              return (
                <tr key={code}>
                  <td>
                    <Link to="/bieu-mau/$code" params={{ code }}>
                      {title}
                    </Link>
                    <span className="catalogue-line soft small">{code}</span>
                  </td>
                  <td className="number">{newest?.version ?? '—'}</td>
                  <td className="number">
                    {newest === undefined ? '—' : showDay(newest.publishedAt.slice(0, 10))}
                  </td>
                  <td className="number">{showCount(newest?.definition.indicators.length ?? 0)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </OfficeFrame>
  );
}
