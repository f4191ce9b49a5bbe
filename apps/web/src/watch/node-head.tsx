import { showClock, showDateTime, showDay } from '@mach/domain';
import type { RollupView } from '@mach/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { watchQuery } from '../api/queries';
import { Icon, type IconName } from '../design/icon';
import type { LiveState } from './live-link';
import type { Live } from './use-live-figures';

interface NodeHeadProps {
  readonly view: RollupView;
  readonly live: Live;
  readonly ownUnit: string;
}

export function NodeHead({ view, live, ownUnit }: NodeHeadProps): ReactNode {
  return (
    <header className="node-head">
      <div className="node-title">
        <Breadcrumbs view={view} />
        <h1>{view.node.unit.name}</h1>
        <p className="soft">
          {view.requirement.title} · theo {view.plan.symbol} · {view.period.label} (từ{' '}
          {showDay(view.period.startsOn)} đến {showDay(view.period.endsOn)})
        </p>
      </div>
      <div className="node-tools">
        <PeriodChooser view={view} ownUnit={ownUnit} />
        <LiveMark live={live} view={view} />
      </div>
    </header>
  );
}

/** The way down to here, from the topmost unit that the person may see. */
function Breadcrumbs({ view }: Pick<NodeHeadProps, 'view'>): ReactNode {
  if (view.path.length < 2) return null;
  return (
    <nav aria-label="Đường dẫn">
      <ol className="crumbs small">
        {view.path.map(({ code, name }, index) => (
          <li key={code}>
            {index === view.path.length - 1 ? (
              <span aria-current="page">{name}</span>
            ) : (
              <Link
                to="/theo-doi/$requirement/$period/$unit"
                params={{ requirement: view.requirement.code, period: view.period.key, unit: code }}
              >
                {name}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

function PeriodChooser({ view, ownUnit }: Omit<NodeHeadProps, 'live'>): ReactNode {
  const navigate = useNavigate();
  const { data: list } = useQuery(watchQuery);
  const chosen = JSON.stringify([view.requirement.code, view.period.key]);
  if (!list) return null;
  return (
    <div className="field chooser">
      <label htmlFor="chon-ky">Yêu cầu và kỳ báo cáo</label>
      <select
        id="chon-ky"
        className="input"
        value={chosen}
        onChange={(event) => {
          const [requirement = '', period = ''] = JSON.parse(event.target.value) as string[];
          void navigate({
            to: '/theo-doi/$requirement/$period/$unit',
            params: { requirement, period, unit: ownUnit },
          });
        }}
      >
        {list.items.map(({ requirement, periods }) => (
          <optgroup key={requirement.code} label={requirement.title}>
            {periods.map(({ key, label }) => (
              <option key={key} value={JSON.stringify([requirement.code, key])}>
                {label}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}

const LIVE_WORDS: Readonly<Record<LiveState, { readonly words: string; readonly icon: IconName }>> = {
  connecting: { words: 'Đang kết nối…', icon: 'clock' },
  live: { words: 'Đang cập nhật trực tiếp', icon: 'pulse' },
  lost: { words: 'Mất kết nối, đang nối lại', icon: 'alert' },
  offline: { words: 'Ngoại tuyến: máy này không có mạng', icon: 'alert' },
  crowded: { words: 'Tạm dừng: tài khoản đang mở quá nhiều cửa sổ', icon: 'clock' },
};

/** One honest state, with when the server was last heard and when the figures last changed. */
function LiveMark({ live, view }: { readonly live: Live; readonly view: RollupView }): ReactNode {
  const { words, icon } = LIVE_WORDS[live.state];
  const heardAt = Math.max(Date.parse(view.readAt), live.heardAt === null ? 0 : Date.parse(live.heardAt));
  const { computedAt } = view.node;
  return (
    <div className="live-box">
      <p className={`live live-${live.state}`} role="status" data-testid="live-state">
        <Icon name={icon} />
        {words}
      </p>
      <p className="soft small number live-times">
        <span data-testid="heard-at">Kiểm tra lúc {showClock(heardAt)}</span>
        {computedAt === null ? null : <span>Thay đổi gần nhất {showDateTime(Date.parse(computedAt))}</span>}
      </p>
    </div>
  );
}
