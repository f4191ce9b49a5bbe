import type { FormDefinition, Reason } from '@mach/contracts';
import { useEffect, useRef, type ReactNode } from 'react';
import { fieldsOf } from './entry';
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
        <FaultLinks faults={faults} definition={definition} named />
      </div>
    </div>
  );
}

/**
 * Each fault as a link to its field. `named`: the message does not say which figure it is about, so the link
 * does.
 */
export function FaultLinks({
  faults,
  definition,
  named,
}: FaultSummaryProps & { readonly named: boolean }): ReactNode {
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
                {named ? `${labelAt(ref, definition)}: ${message}` : message}
              </a>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function labelAt(ref: string, definition: FormDefinition): string {
  for (const indicator of definition.indicators) {
    const field = fieldsOf(indicator).find((each) => each.ref === ref);
    if (field) return indicator.type === 'ratio' ? `${indicator.label} – ${field.label}` : indicator.label;
  }
  return definition.narratives.find(({ code }) => ref.endsWith(`:${code}`))?.label ?? '';
}
