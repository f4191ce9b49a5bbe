import { parseFigure, showFigure, typedDecimal } from '@mach/domain';
import type { ReactNode } from 'react';
import { Icon } from '../design/icon';
import { fieldId } from './faults';

interface FigureFieldProps {
  readonly figure: {
    readonly ref: string;
    readonly label: string;
    readonly unit: string;
    readonly decimals: number;
    readonly required: boolean;
  };
  readonly hint?: string | undefined;
  /** Whether figures below zero are taken: number pads of phones often lack the minus sign. */
  readonly negative?: boolean;
  readonly text: string;
  readonly faults: readonly string[];
  readonly readOnly: boolean;
  readonly onChange: (ref: string, text: string) => void;
  readonly onLeave: (ref: string) => void;
}

/** One figure: its label, the field, its unit, and what is wrong with it. */
export function FigureField({
  figure,
  hint,
  negative = false,
  text,
  faults,
  readOnly,
  onChange,
  onLeave,
}: FigureFieldProps): ReactNode {
  const id = fieldId(figure.ref);
  const described = [
    hint === undefined ? null : `${id}-goi-y`,
    faults.length === 0 ? null : `${id}-loi`,
  ].filter((each) => each !== null);
  const leave = () => {
    const decimal = typedDecimal(text);
    if (decimal !== null && parseFigure(decimal, figure.decimals).ok && showFigure(decimal) !== text)
      onChange(figure.ref, showFigure(decimal));
    onLeave(figure.ref);
  };
  return (
    <div className="figure-field">
      <div className="figure-label">
        <label htmlFor={id}>
          {figure.label}
          {figure.required ? null : <span className="optional"> (không bắt buộc)</span>}
        </label>
        {hint === undefined ? null : (
          <p className="soft small" id={`${id}-goi-y`}>
            {hint}
          </p>
        )}
      </div>
      <div className="figure-input">
        <input
          id={id}
          data-testid={`figure-${figure.ref.replace('.', '-')}`}
          className="input number"
          type="text"
          inputMode={negative ? 'text' : figure.decimals === 0 ? 'numeric' : 'decimal'}
          autoComplete="off"
          enterKeyHint="next"
          value={text}
          readOnly={readOnly}
          aria-required={figure.required}
          aria-invalid={faults.length > 0}
          aria-describedby={described.length === 0 ? undefined : described.join(' ')}
          onChange={(event) => {
            onChange(figure.ref, event.target.value);
          }}
          onBlur={leave}
        />
        <span className="soft figure-unit">{figure.unit}</span>
      </div>
      <FieldFaults id={`${id}-loi`} faults={faults} />
    </div>
  );
}

/** What is wrong with a field, announced when it appears. */
export function FieldFaults({
  id,
  faults,
}: {
  readonly id: string;
  readonly faults: readonly string[];
}): ReactNode {
  return (
    <div className="field-faults" id={id} aria-live="polite">
      {faults.map((fault) => (
        <p key={fault} className="field-fault">
          <Icon name="alert" />
          <span>{fault}</span>
        </p>
      ))}
    </div>
  );
}
