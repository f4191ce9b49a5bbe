import type { PrefillView } from '@mach/contracts';
import type { FormDefinition, ReportEntry } from '@mach/domain';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { MessageBox } from '../design/message-box';
import { nilFill, sameAsLastFill } from './entry-changes';
import type { DraftInUse } from './use-draft';

interface PrefillBarProps {
  readonly definition: FormDefinition;
  readonly prefill: PrefillView;
  readonly draft: DraftInUse;
  /** How often sending was tried while figures were not confirmed. */
  readonly asked: number;
}

/** What fills the form in with one press where the form allows it, and what has to be confirmed before it is sent. */
export function PrefillBar({ definition, prefill, draft, asked }: PrefillBarProps): ReactNode {
  const { nil, sameAsLast } = prefill;
  const [before, setBefore] = useState<ReportEntry | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const count = draft.entry.prefilled.length;
  useEffect(() => {
    if (asked === 0) return;
    box.current?.focus();
    box.current?.scrollIntoView({ block: 'start' });
  }, [asked]);
  const fill = (filled: Parameters<DraftInUse['fillIn']>[0]): void => {
    setBefore(draft.entry);
    draft.fillIn(filled);
  };
  if (count === 0 && nil === null && sameAsLast === null && before === null) return null;
  return (
    <div className="prefill-bar" tabIndex={-1} ref={box} data-testid="prefill-bar">
      {count === 0 ? null : (
        <MessageBox tone={asked > 0 ? 'bad' : 'warn'} live={asked > 0}>
          <p>
            {asked > 0 ? 'Chưa gửi: ' : ''}Có <strong className="number">{count}</strong> ô lấy sẵn số đã
            biết, được đánh dấu bên cạnh. Đề nghị soát lại rồi xác nhận.
          </p>
          <p>
            <button
              type="button"
              className="button button-small"
              onClick={() => {
                draft.confirm();
              }}
            >
              Xác nhận {count} ô lấy sẵn
            </button>
          </p>
        </MessageBox>
      )}
      <div className="prefill-buttons">
        {nil === null ? null : (
          <button
            type="button"
            className="button"
            aria-pressed={draft.entry.nil}
            onClick={() => {
              fill(nilFill(definition, nil));
            }}
          >
            Không phát sinh
          </button>
        )}
        {sameAsLast === null ? null : (
          <button
            type="button"
            className="button"
            onClick={() => {
              fill(sameAsLastFill(definition, sameAsLast));
            }}
          >
            Như kỳ trước
          </button>
        )}
        {before === null ? null : (
          <button
            type="button"
            className="button"
            onClick={() => {
              draft.restore(before);
              setBefore(null);
            }}
          >
            Hoàn tác
          </button>
        )}
      </div>
      {draft.entry.nil ? (
        <p className="small" role="status">
          Báo cáo «không phát sinh»: số liệu phát sinh trong kỳ ghi 0, số hiện có giữ như kỳ trước.
        </p>
      ) : null}
    </div>
  );
}
