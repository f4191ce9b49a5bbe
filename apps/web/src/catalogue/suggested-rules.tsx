import type { SuggestedRulesView } from '@mach/contracts';
import { showCount } from '@mach/domain';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { suggestedRulesQuery } from '../api/queries';

/** Rules that the labels of a form suggest: what each says, and how many of last period's reports would break it. */
export function SuggestedRules({ code }: { readonly code: string }): ReactNode {
  const { data: view } = useQuery(suggestedRulesQuery(code));
  if (view === undefined || view.rules.length === 0) return null;
  return (
    <section className="card" aria-labelledby="quy-tac-goi-y" data-testid="suggested-rules">
      <h2 id="quy-tac-goi-y">Quy tắc gợi ý từ tên chỉ tiêu</h2>
      <p className="soft">
        Tên các chỉ tiêu cho biết các số phải khớp nhau nhưng biểu mẫu chưa có quy tắc. Muốn áp dụng, chép
        biểu thức vào phiên bản mới của biểu mẫu.
      </p>
      <div className="scrolls" role="region" aria-labelledby="quy-tac-goi-y" tabIndex={0}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">Quy tắc</th>
              <th scope="col">Biểu thức</th>
              <th scope="col">
                {view.period === null ? 'Báo cáo chưa khớp' : `Báo cáo chưa khớp, ${view.period}`}
              </th>
            </tr>
          </thead>
          <tbody>
            {view.rules.map((rule) => (
              <tr key={rule.code}>
                <td>{rule.message}</td>
                <td>
                  <code>{rule.expression}</code>
                </td>
                <td className="number">{brokenWords(rule.broken, view)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function brokenWords(broken: number, { period, reports }: SuggestedRulesView): string {
  return period === null ? 'chưa có báo cáo' : `${showCount(broken)}/${showCount(reports)}`;
}
