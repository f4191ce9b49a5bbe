import { ageWords, deadlineWords, showDateTime, showDeadline } from '@mach/domain';
import type { ObligationView } from '@mach/contracts';
import { Link, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useServerNow } from '../time/server-clock';
import { Icon } from '../design/icon';
import type { Draft } from './draft';
import { actionWords, awaitsReport, takesReports } from './obligation-words';
import { StateMark } from './state-mark';

interface ObligationListProps {
  readonly items: readonly ObligationView[];
  /** What this browser alone keeps unsent, by obligation. */
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly showUnit: boolean;
}

export function ObligationList({ items, drafts, showUnit }: ObligationListProps): ReactNode {
  const now = useServerNow(30_000);
  return (
    <ul className="obligations">
      {items.map((item) => (
        <ObligationItem key={item.id} item={item} draft={drafts.get(item.id)} now={now} showUnit={showUnit} />
      ))}
    </ul>
  );
}

function ObligationItem({
  item,
  draft,
  now,
  showUnit,
}: {
  readonly item: ObligationView;
  readonly draft: Draft | undefined;
  readonly now: number;
  readonly showUnit: boolean;
}): ReactNode {
  const action = actionOf(item, draft);
  const here = useLocation({ select: ({ href }) => href });
  return (
    <li className="obligation card">
      <div className="obligation-what">
        <h3>{showUnit ? item.unit.name : item.requirement.title}</h3>
        <p className="soft small">
          {showUnit ? `${item.requirement.title} · ` : ''}
          {item.period.label} · {item.plan.symbol}
        </p>
        <p className="state-line">
          <StateMark state={item.state} figures={countOf(item)} />
          <DraftMark item={item} local={draft} now={now} />
          <Deadline item={item} now={now} />
          {item.version === null ? null : <span className="soft">Phiên bản {item.version}</span>}
          {item.extensionAsked === null ? null : <span className="soft">Đang xin gia hạn</span>}
        </p>
        {item.returned === null ? null : <ReturnReasons returned={item.returned} />}
      </div>
      <Link
        to="/bao-cao/$obligationId"
        params={{ obligationId: item.id }}
        state={{ from: here }}
        className={awaitsReport(item.state) && !showUnit ? 'button button-main' : 'button'}
        aria-label={`${action}: ${item.unit.name}, ${item.period.label}`}
      >
        {action}
      </Link>
    </li>
  );
}

/** How many figures were given back, where single ones were. */
function countOf({ returned }: ObligationView): number | null {
  const figures = returned?.figures ?? null;
  return figures === null ? null : Object.keys(figures).length;
}

/** Why it was given back; which figure each reason is about is said by the form itself. */
function ReturnReasons({
  returned,
}: {
  readonly returned: NonNullable<ObligationView['returned']>;
}): ReactNode {
  const reasons = returned.figures === null ? [returned.reason ?? ''] : Object.values(returned.figures);
  return <p className="small">Lý do: {reasons.join('; ')}</p>;
}

/** The deadline in words while it matters; before the window opens, when it does. */
export function Deadline({ item, now }: { readonly item: ObligationView; readonly now: number }): ReactNode {
  if (item.state === 'upcoming') return <span>Mở lúc {showDateTime(Date.parse(item.opensAt))}</span>;
  const deadline = Date.parse(item.correctBy ?? item.deadline);
  const word = item.correctBy === null ? 'Hạn' : 'Hạn sửa';
  if (!awaitsReport(item.state)) return <span>Hạn {showDeadline(deadline)}</span>;
  return (
    <span>
      {word} {showDeadline(deadline)} –{' '}
      <strong className={now > deadline ? 'late' : undefined}>{deadlineWords(now, deadline)}</strong>
    </span>
  );
}

interface DraftMarkProps {
  readonly item: ObligationView;
  readonly local: Draft | undefined;
  readonly now: number;
}

/** What is typed and not sent counts for nothing: that must be seen in the list, whoever typed it. */
function DraftMark({ item, local, now }: DraftMarkProps): ReactNode {
  const words = draftWords(item.draft, local, now);
  return words === null ? null : (
    <span className="mark mark-warn" data-testid="draft-mark">
      <Icon name="pen" />
      {words}
    </span>
  );
}

function draftWords(remote: ObligationView['draft'], local: Draft | undefined, now: number): string | null {
  if (local !== undefined && local.receipt !== null) return 'Đã gửi, mở để xem kết quả';
  if (remote !== null)
    return `Có bản nháp chưa gửi (${remote.savedBy}, ${ageWords(now, Date.parse(remote.savedAt))})`;
  return local === undefined ? null : 'Bản nháp chưa gửi';
}

function actionOf({ state, draft }: ObligationView, local: Draft | undefined): string {
  const unsent = local === undefined ? draft !== null : local.receipt === null;
  return unsent && takesReports(state) ? 'Nhập tiếp' : actionWords(state);
}
