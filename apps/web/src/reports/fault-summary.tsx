import type { FormDefinition, Reason } from '@mach/domain';
import { useEffect, useRef, type ReactNode } from 'react';
import { fieldId, refAt } from './faults';

interface FaultSummaryProps {
  readonly faults: readonly Reason[];
  readonly definition: FormDefinition;
}

/** Stands above the form when it cannot be sent yet, takes the focus, and leads to each field. */
export function FaultSummary({ faults, definition }: FaultSummaryProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus();
    box.current?.scrollIntoView({ block: 'start' });
  }, []);
  return (
    <div className="message message-bad" role="alert" tabIndex={-1} ref={box}>
      <div>
        <p className="message-title">Chưa gửi được: còn {faults.length} chỗ cần sửa</p>
        <FaultLinks faults={faults} definition={definition} />
      </div>
    </div>
  );
}

/** Each fault as a link to its field. */
export function FaultLinks({ faults, definition }: FaultSummaryProps): ReactNode {
  return (
    <ul className="fault-links">
      {faults.map(({ pointer, code, message }) => {
        const ref = refAt(pointer, definition);
        return (
          <li key={`${pointer} ${code} ${message}`}>
            {ref === null ? (
              message
            ) : (
              <a
                href={`#${fieldId(ref)}`}
                onClick={(event) => {
                  event.preventDefault();
                  document.getElementById(fieldId(ref))?.focus();
                }}
              >
                {message}
              </a>
            )}
          </li>
        );
      })}
    </ul>
  );
}
