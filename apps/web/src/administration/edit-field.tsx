import type { Reason } from '@mach/domain';
import { useEffect, useRef, type ReactNode } from 'react';
import { Icon } from '../design/icon';
import type { EditFaults } from './use-edit';
import './administration.css';

/** What an input needs to be the field of a pointer. */
export interface FieldAttributes {
  readonly id: string;
  readonly 'aria-invalid'?: true;
  readonly 'aria-describedby'?: string;
}

interface EditFieldProps {
  /** Of what is sent: `/indicator/label`. Faults below it are shown here too. */
  readonly pointer: string;
  readonly label: string;
  readonly hint?: string;
  readonly faults: EditFaults;
  readonly children: (attributes: FieldAttributes) => ReactNode;
}

/** One field with what is wrong about it. */
export function EditField({ pointer, label, hint, faults, children }: EditFieldProps): ReactNode {
  const id = idOf(pointer);
  const own = faults.reasons.filter((reason) => isAt(pointer, reason));
  const described = [
    ...(hint === undefined ? [] : [`${id}-hint`]),
    ...(own.length === 0 ? [] : [`${id}-fault`]),
  ];
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        ...(own.length === 0 ? {} : { 'aria-invalid': true }),
        ...(described.length === 0 ? {} : { 'aria-describedby': described.join(' ') }),
      })}
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="soft small">
          {hint}
        </p>
      )}
      {own.length === 0 ? null : (
        <div id={`${id}-fault`}>
          {own.map(({ pointer: at, code, message }) => (
            <p key={`${at} ${code}`} className="field-fault">
              <Icon name="alert" />
              <span>{message}</span>
            </p>
          ))}
        </div>
      )}
    </div>
  );
}

/** Stands above what cannot be saved, takes the focus, and leads to each field. */
export function EditSummary({ faults }: { readonly faults: EditFaults }): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus();
    box.current?.scrollIntoView({ block: 'nearest' });
  }, [faults]);
  const { reasons, sentence } = faults;
  if (reasons.length === 0 && sentence === null) return null;
  return (
    <div className="message message-bad" role="alert" tabIndex={-1} ref={box}>
      <Icon name="alert" />
      <div>
        <p className="message-title">
          {sentence ?? `Chưa lưu được: còn ${String(reasons.length)} chỗ cần sửa`}
        </p>
        <ul className="fault-links">
          {reasons.map(({ pointer, code, message }) => (
            <li key={`${pointer} ${code} ${message}`}>
              <a
                href={`#${idOf(pointer)}`}
                onClick={(event) => {
                  event.preventDefault();
                  fieldAt(pointer)?.focus();
                }}
              >
                {message}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function idOf(pointer: string): string {
  return `muc${pointer.replaceAll('/', '-')}`;
}

function isAt(pointer: string, reason: Reason): boolean {
  return reason.pointer === pointer || reason.pointer.startsWith(`${pointer}/`);
}

/** The field of a pointer, or of the nearest one that holds it. */
function fieldAt(pointer: string): HTMLElement | null {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const field = document.getElementById(idOf(at));
    if (field !== null) return field;
  }
  return null;
}
