import type { ReportHintView } from '@mach/contracts';
import { midSentence } from '@mach/domain';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { MessageBox } from '../design/message-box';
import { hintsQuery } from './hint-queries';
import './hints.css';

/** What the machine finds strange about the report that counts, for whoever reads or reviews it. */
export function ReportHints({ obligationId }: { readonly obligationId: string }): ReactNode {
  const { data } = useQuery(hintsQuery(obligationId));
  if (data === undefined || data.hints.length === 0) return null;
  return (
    <MessageBox tone="warn" title="Điểm cần lưu ý (máy nhận xét, không phải lỗi)">
      <ul className="report-hints" data-testid="report-hints">
        {data.hints.map((hint) => (
          <li key={`${hint.kind} ${hint.pointer}`}>
            {hint.message}
            {hint.copied === null ? null : <CopiedText copied={hint.copied} />}
          </li>
        ))}
      </ul>
    </MessageBox>
  );
}

function CopiedText({ copied }: { readonly copied: NonNullable<ReportHintView['copied']> }): ReactNode {
  const { source, text, passages } = copied;
  return (
    <details className="copied">
      <summary>
        Xem đoạn giống
        {source === null ? '' : ` (${source.unit.name}, ${midSentence(source.period)})`}
      </summary>
      <p>{marked(text, passages)}</p>
    </details>
  );
}

/** The text with its copied passages marked. */
function marked(text: string, passages: NonNullable<ReportHintView['copied']>['passages']): ReactNode[] {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const [from, to] of passages) {
    parts.push(text.slice(at, from), <mark key={from}>{text.slice(from, to)}</mark>);
    at = to;
  }
  return [...parts, text.slice(at)];
}
