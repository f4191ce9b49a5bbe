import type { CompiledForm } from '@mach/domain';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, type ReactNode } from 'react';
import { MessageBox } from '../design/message-box';
import { FaultLinks } from '../reports/fault-summary';
import { usualQuery } from './hint-queries';
import { strangeEntry } from './strange-entry';

interface QuietHintsProps {
  readonly obligationId: string;
  readonly form: CompiledForm;
  /** What stands in the fields, by reference. */
  readonly texts: Readonly<Record<string, string>>;
}

/** Asks about figures that are far from what is usual. Nothing waits for an answer: the report is sent all the same. */
export function QuietHints({ obligationId, form, texts }: QuietHintsProps): ReactNode {
  const { data: usual } = useQuery(usualQuery(obligationId));
  const settled = useDeferredValue(texts);
  const hints = useMemo(
    () => (usual === undefined ? [] : strangeEntry(form.hinted, settled, usual)),
    [form, settled, usual],
  );
  return (
    <div role="status" data-testid="quiet-hints">
      {hints.length === 0 ? null : (
        <MessageBox tone="quiet" title="Số liệu khác thường lệ, đồng chí xem lại giúp; nếu đúng thì cứ gửi">
          <FaultLinks faults={hints} definition={form.definition} />
        </MessageBox>
      )}
    </div>
  );
}
