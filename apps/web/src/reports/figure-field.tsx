import { parseFigure, readingOf, showFigure, typedDecimal, type MoneyScale } from '@mach/domain';
import type { ClipboardEvent, DragEvent, ReactNode } from 'react';
import { Icon } from '../design/icon';
import { fieldId } from './faults';
import type { EntryFieldsProps } from './field-props';

interface FigureFieldProps extends Pick<
  EntryFieldsProps,
  'pasted' | 'readOnly' | 'onChange' | 'onLeave' | 'onPaste'
> {
  readonly figure: {
    readonly ref: string;
    readonly label: string;
    readonly unit: string;
    readonly decimals: number;
    readonly required: boolean;
    readonly scale?: MoneyScale;
  };
  readonly hint?: string | undefined;
  /** Whether figures below zero are taken: number pads of phones often lack the minus sign. */
  readonly negative?: boolean;
  readonly text: string;
  readonly faults: readonly string[];
}

/** One figure: its label, the field, its unit, how it is understood, and what is wrong with it. */
export function FigureField({
  figure,
  hint,
  negative = false,
  text,
  faults,
  pasted,
  readOnly,
  onChange,
  onLeave,
  onPaste,
}: FigureFieldProps): ReactNode {
  const id = fieldId(figure.ref);
  const reading = readingOf(text, figure);
  const told = pasted?.ref === figure.ref ? pasted : null;
  const described = [
    hint === undefined ? null : `${id}-goi-y`,
    reading === null ? null : `${id}-doc`,
    faults.length === 0 ? null : `${id}-loi`,
  ].filter((each) => each !== null);
  const leave = () => {
    const decimal = typedDecimal(text, figure.decimals);
    if (decimal !== null && parseFigure(decimal, figure.decimals).ok && showFigure(decimal) !== text)
      onChange(figure.ref, showFigure(decimal));
    onLeave(figure.ref);
  };
  const take = (event: ClipboardEvent | DragEvent, data: DataTransfer) => {
    if (!readOnly && onPaste(figure.ref, data.getData('text/plain'))) event.preventDefault();
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
          onPaste={(event) => {
            take(event, event.clipboardData);
          }}
          onDrop={(event) => {
            take(event, event.dataTransfer);
          }}
        />
        <span className="soft figure-unit">{figure.unit}</span>
        {reading === null ? null : (
          <p
            className="figure-reading small number"
            id={`${id}-doc`}
            data-testid={`reading-${figure.ref.replace('.', '-')}`}
          >
            = {reading}
          </p>
        )}
      </div>
      {told?.ok === true ? (
        <p className="field-note small" role="status">
          {told.words}
        </p>
      ) : null}
      <FieldFaults id={`${id}-loi`} faults={told?.ok === false ? [told.words] : faults} />
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
