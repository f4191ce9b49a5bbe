import type { ObligationState } from '@mach/domain';
import type { ReactNode } from 'react';
import { StateMark } from '../reports/state-mark';

interface OwnMarkProps {
  readonly state: ObligationState | null;
  /** Whether the words say that it is the unit's own report, where no column's title does. */
  readonly named?: boolean;
}

/** How the unit's own report stands, by sign, colour and words. */
export function OwnMark({ state, named = false }: OwnMarkProps): ReactNode {
  if (state === null) return named ? null : <span className="soft small">Không phải nộp</span>;
  return (
    <>
      {named ? <span className="small">Báo cáo riêng: </span> : null}
      <StateMark state={state} />
    </>
  );
}
