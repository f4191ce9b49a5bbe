import type { ObligationView } from '@mach/contracts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useServerNow } from '../time/server-clock';
import { deadlineWords, showDateTime, showDeadline } from '../time/time-words';
import { awaitsReport, takesReports } from './obligation-words';
import { StateMark } from './state-mark';

export function ObligationList({
  items,
  showUnit,
}: {
  readonly items: readonly ObligationView[];
  readonly showUnit: boolean;
}): ReactNode {
  const now = useServerNow(30_000);
  return (
    <ul className="obligations">
      {items.map((item) => (
        <ObligationItem key={item.id} item={item} now={now} showUnit={showUnit} />
      ))}
    </ul>
  );
}

function ObligationItem({
  item,
  now,
  showUnit,
}: {
  readonly item: ObligationView;
  readonly now: number;
  readonly showUnit: boolean;
}): ReactNode {
  return (
    <li className="obligation card">
      <div className="obligation-what">
        <h3>{showUnit ? item.unit.name : item.requirement.title}</h3>
        <p className="soft small">
          {showUnit ? `${item.requirement.title} · ` : ''}
          {item.period.label} · {item.plan.symbol}
        </p>
        <p className="state-line">
          <StateMark state={item.state} />
          <Deadline item={item} now={now} />
          {item.version === null ? null : <span className="soft">Phiên bản {item.version}</span>}
        </p>
      </div>
      <Link
        to="/bao-cao/$obligationId"
        params={{ obligationId: item.id }}
        className={awaitsReport(item.state) && !showUnit ? 'button button-main' : 'button'}
        aria-label={`${actionOf(item)}: ${item.unit.name}, ${item.period.label}`}
      >
        {actionOf(item)}
      </Link>
    </li>
  );
}

/** The deadline in words while it matters; before the window opens, when it does. */
export function Deadline({ item, now }: { readonly item: ObligationView; readonly now: number }): ReactNode {
  if (item.state === 'upcoming') return <span>Mở lúc {showDateTime(Date.parse(item.opensAt))}</span>;
  const deadline = Date.parse(item.deadline);
  if (!awaitsReport(item.state)) return <span>Hạn {showDeadline(deadline)}</span>;
  return (
    <span>
      Hạn {showDeadline(deadline)} –{' '}
      <strong className={now > deadline ? 'late' : undefined}>{deadlineWords(now, deadline)}</strong>
    </span>
  );
}

function actionOf({ state }: ObligationView): string {
  if (!takesReports(state)) return 'Xem';
  if (state === 'rejected') return 'Sửa báo cáo';
  return awaitsReport(state) ? 'Nhập báo cáo' : 'Xem, đính chính';
}
