import { useState, type ReactNode } from 'react';
import { MessageBox } from '../design/message-box';
import type { Acts } from './use-acts';

interface ReasonFormProps {
  readonly title: string;
  readonly acts: Acts;
  readonly path: string;
  /** What is sent, with the reason that was typed. */
  readonly body: (reason: string) => object;
  readonly reasonLabel: string;
  readonly send: string;
  /** What the act brings about, and what else it needs to be told. */
  readonly children?: ReactNode;
  readonly onClose: () => void;
}

/** An act that needs a reason: what it brings about, why, and only then done. */
export function ReasonForm(props: ReasonFormProps): ReactNode {
  const { title, acts, path, body, reasonLabel, send, children, onClose } = props;
  const [reason, setReason] = useState('');
  return (
    <form
      className="card review-act"
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        void acts.act(path, body(reason.trim())).then((done) => {
          if (done) onClose();
        });
      }}
    >
      {acts.fault === null ? null : (
        <MessageBox tone="bad" live>
          {acts.fault}
        </MessageBox>
      )}
      {children}
      <label className="field">
        <span className="field-label">{reasonLabel}</span>
        <textarea
          className="input"
          rows={2}
          required
          maxLength={1_000}
          autoFocus
          value={reason}
          onChange={(event) => {
            setReason(event.target.value);
          }}
        />
      </label>
      <div className="review-buttons">
        <button type="submit" className="button button-main" disabled={acts.working}>
          {send}
        </button>
        <button type="button" className="button" onClick={onClose}>
          Thôi
        </button>
      </div>
    </form>
  );
}
