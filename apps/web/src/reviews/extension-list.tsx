import type { ObligationView } from '@mach/contracts';
import { showDeadline } from '@mach/domain';
import type { ReactNode } from 'react';
import { MessageBox } from '../design/message-box';
import { ExtensionDecision } from './extension-decision';

/** Requests for more time that wait, each with its decision. */
export function ExtensionList({ items }: { readonly items: readonly ObligationView[] }): ReactNode {
  if (items.length === 0) return <MessageBox tone="quiet">Không có đề nghị gia hạn nào đang chờ.</MessageBox>;
  return (
    <ul className="extensions">
      {items.map((item) => (
        <li key={item.id} className="card review-act">
          <h2>{item.unit.name}</h2>
          <p className="soft small">
            {item.requirement.title} · {item.period.label} · hạn {showDeadline(Date.parse(item.deadline))}
          </p>
          <ExtensionDecision item={item} />
        </li>
      ))}
    </ul>
  );
}
