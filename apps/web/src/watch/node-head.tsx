import type { RollupView } from '@mach/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { watchQuery } from '../api/queries';
import { showDay } from '../time/time-words';
import type { LiveState } from './use-live-figures';

interface NodeHeadProps {
  readonly view: RollupView;
  readonly live: LiveState;
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
        <LiveMark state={live} />
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

const LIVE_WORDS: Readonly<Record<LiveState, string>> = {
  connecting: 'Đang nối…',
  live: 'Đang cập nhật trực tiếp',
  lost: 'Mất kết nối, đang nối lại',
};

function LiveMark({ state }: { readonly state: LiveState }): ReactNode {
  return (
    <p className={`live live-${state}`} role="status" data-testid="live-state">
      {LIVE_WORDS[state]}
    </p>
  );
}
