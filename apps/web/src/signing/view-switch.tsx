import type { RollupView } from '@mach/contracts';
import { FIGURE_VIEWS, showCount } from '@mach/domain';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { changedFigures } from './changed-figures';
import { FigureChanges } from './figure-changes';
import { VIEW_ADDRESSES, VIEW_WORDS } from './view-words';
import './signing.css';

/** Which figures of a node are on screen, said by name, with what differs from the provisional ones. */
export function ViewSwitch({ view }: { readonly view: RollupView }): ReactNode {
  const { name, says } = VIEW_WORDS[view.view];
  const params = { requirement: view.requirement.code, period: view.period.key, unit: view.node.unit.code };
  const signs = view.node.unit.level === 'city' || view.node.unit.level === 'committee';
  const changes = view.provisional === null ? [] : changedFigures(view.provisional, view.figures);
  return (
    <section className="card view-switch" aria-labelledby="xem-so-lieu">
      <div className="view-choice">
        <h2 id="xem-so-lieu">Số liệu {name.toLocaleLowerCase('vi')}</h2>
        <nav aria-label="Chọn số liệu để xem" className="view-links">
          {FIGURE_VIEWS.map((each) => (
            <Link
              key={each}
              className="button button-small"
              from="/theo-doi/$requirement/$period/$unit"
              to="."
              search={(before) => ({ ...before, xem: VIEW_ADDRESSES[each] })}
              replace
              resetScroll={false}
              aria-current={each === view.view ? 'true' : undefined}
            >
              {VIEW_WORDS[each].name}
            </Link>
          ))}
        </nav>
        {signs ? (
          <Link className="view-sign" to="/ky/$requirement/$period/$unit" params={params}>
            Ký số liệu tổng hợp
          </Link>
        ) : null}
      </div>
      <p className="soft" data-testid="view-says">
        {says}
        {view.view === 'approved' && !view.approvalAsked
          ? ' Yêu cầu này không cần duyệt: số đã duyệt bằng số tạm tính.'
          : ''}
        {view.view === 'provisional' ? '' : differenceWords(changes.length)}
      </p>
      {changes.length === 0 ? null : (
        <FigureChanges
          indicators={view.indicators}
          changes={changes}
          before="Tạm tính"
          after={name}
          caption={`Số liệu ${name.toLocaleLowerCase('vi')} khác số tạm tính`}
        />
      )}
    </section>
  );
}

function differenceWords(count: number): string {
  return count === 0 ? ' Không khác số tạm tính.' : ` Khác số tạm tính ở ${showCount(count)} chỉ tiêu:`;
}
