import type { RollupView } from '@mach/contracts';
import type { ReactNode } from 'react';
import { MessageBox } from '../design/message-box';

/** What the added-up figures of a node say against each other, on top of its page. */
export function Contradictions({ view }: { readonly view: RollupView }): ReactNode {
  const { contradictions } = view;
  if (contradictions.length === 0) return null;
  const title = `Số liệu tổng hợp có ${String(contradictions.length)} chỗ chưa khớp`;
  return (
    <div data-testid="contradictions">
      <MessageBox tone="warn" title={title}>
        <ul className="contradictions">
          {contradictions.map(({ rule, message }) => (
            <li key={rule}>{message}</li>
          ))}
        </ul>
        <p className="small soft">
          Thường do có đơn vị để trống một số liệu hoặc đã giải trình. Đề nghị xem báo cáo của các đơn vị dưới
          đây.
        </p>
      </MessageBox>
    </div>
  );
}
