import type { ReturnView } from '@mach/contracts';
import { placesOf, showDateTime, showDeadline, type FormDefinition } from '@mach/domain';
import type { ReactNode } from 'react';
import { MessageBox } from '../design/message-box';
import { fieldId } from './faults';

interface ReturnedBoxProps {
  readonly definition: FormDefinition;
  readonly returned: ReturnView;
}

/** What was given back, why, and until when it is to be corrected; figures that were not stay as they are. */
export function ReturnedBox({ definition, returned }: ReturnedBoxProps): ReactNode {
  const { figures, reason, at, correctBy } = returned;
  const given =
    figures === null ? [] : definition.indicators.filter(({ code }) => figures[code] !== undefined);
  return (
    <MessageBox
      tone="bad"
      title={figures === null ? 'Báo cáo bị trả lại' : 'Một số số liệu bị trả lại, các số khác giữ nguyên'}
    >
      <p>
        Trả lại lúc {showDateTime(Date.parse(at))}, cần nộp lại trước {showDeadline(Date.parse(correctBy))}.
      </p>
      {reason === null ? null : <p>Lý do: {reason}</p>}
      {given.length === 0 ? null : (
        <ul className="fault-links">
          {given.map((indicator) => (
            <li key={indicator.code}>
              <a href={`#${fieldId(placesOf(indicator)[0]?.ref ?? indicator.code)}`}>{indicator.label}</a>:{' '}
              {figures?.[indicator.code]}
            </li>
          ))}
        </ul>
      )}
    </MessageBox>
  );
}
