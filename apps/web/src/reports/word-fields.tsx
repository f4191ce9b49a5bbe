import {
  charactersIn,
  showCount,
  textsOf,
  typedIndicator,
  type AskedIndicator,
  type ChoiceIndicator,
  type DateIndicator,
  type TextIndicator,
  type YesNoIndicator,
} from '@mach/domain';
import type { ReactNode } from 'react';
import { fieldId } from './faults';
import { FieldFaults } from './figure-field';

interface WordFieldProps<I extends AskedIndicator> {
  readonly indicator: I;
  readonly text: string;
  readonly faults: readonly string[];
  readonly readOnly: boolean;
  readonly onChange: (ref: string, text: string) => void;
  readonly onLeave: (ref: string) => void;
}

const ANSWERS = ['Có', 'Không'] as const;

/** One of several options; nothing is chosen for the clerk. */
export function ChoiceField(props: WordFieldProps<ChoiceIndicator>): ReactNode {
  const { indicator, text, readOnly, onChange, onLeave } = props;
  const { code } = indicator;
  return (
    <WordField {...props}>
      <select
        {...inputProps(props)}
        className="input"
        value={text}
        disabled={readOnly}
        onChange={(event) => {
          onChange(code, event.target.value);
        }}
        onBlur={() => {
          onLeave(code);
        }}
      >
        <option value="">Chọn một mục</option>
        {/* A cell that was pasted may name none of them: it stays to be seen. */}
        {text === '' || indicator.options.some(({ label }) => label === text) ? null : (
          <option value={text}>{text}</option>
        )}
        {indicator.options.map((option) => (
          <option key={option.code} value={option.label}>
            {option.label}
          </option>
        ))}
      </select>
    </WordField>
  );
}

export function YesNoField(props: WordFieldProps<YesNoIndicator>): ReactNode {
  const { indicator, text, readOnly, faults, onChange, onLeave } = props;
  const { code, label, required, hint } = indicator;
  const id = fieldId(code);
  return (
    <div
      className="figure-field"
      role="radiogroup"
      aria-labelledby={`${id}-ten`}
      aria-required={required}
      aria-describedby={describedBy(id, hint, faults)}
    >
      <div className="figure-label">
        <p className="field-label" id={`${id}-ten`}>
          {label}
          <Optional required={required} />
        </p>
        <Hint id={id} hint={hint} />
      </div>
      <div className="answer-choice">
        {ANSWERS.map((answer, index) => (
          <label key={answer}>
            <input
              // A fault leads to the first of them.
              id={index === 0 ? id : `${id}-${String(index)}`}
              data-testid={`figure-${code}-${index === 0 ? 'yes' : 'no'}`}
              type="radio"
              name={id}
              checked={text === answer}
              disabled={readOnly}
              onChange={() => {
                onChange(code, answer);
              }}
              onBlur={() => {
                onLeave(code);
              }}
            />{' '}
            {answer}
          </label>
        ))}
        {required || text === '' || readOnly ? null : (
          <button
            type="button"
            className="button button-small"
            onClick={() => {
              onChange(code, '');
            }}
          >
            Bỏ chọn
          </button>
        )}
      </div>
      <FieldFaults id={`${id}-loi`} faults={faults} />
    </div>
  );
}

/** A day typed as people write it; leaving the field writes it out in full. */
export function DateField(props: WordFieldProps<DateIndicator>): ReactNode {
  const { indicator, text, readOnly, onChange, onLeave } = props;
  const { code } = indicator;
  return (
    <WordField {...props}>
      <input
        {...inputProps(props)}
        className="input number"
        type="text"
        inputMode="text"
        autoComplete="off"
        enterKeyHint="next"
        placeholder="ngày/tháng/năm"
        value={text}
        readOnly={readOnly}
        onChange={(event) => {
          onChange(code, event.target.value);
        }}
        onBlur={() => {
          const [[, full] = []] = textsOf(
            indicator,
            typedIndicator(indicator, () => text),
          );
          if (full !== undefined && full !== text) onChange(code, full);
          onLeave(code);
        }}
      />
    </WordField>
  );
}

export function TextField(props: WordFieldProps<TextIndicator>): ReactNode {
  const { indicator, text, readOnly, onChange, onLeave } = props;
  const { code, maxLength } = indicator;
  const length = charactersIn(text);
  return (
    <WordField {...props}>
      <input
        {...inputProps(props)}
        className="input"
        type="text"
        autoComplete="off"
        enterKeyHint="next"
        value={text}
        readOnly={readOnly}
        onChange={(event) => {
          onChange(code, event.target.value);
        }}
        onBlur={() => {
          onLeave(code);
        }}
      />
      <p className={`small number ${length > maxLength ? 'late' : 'soft'}`}>
        {showCount(length)} / {showCount(maxLength)} ký tự
      </p>
    </WordField>
  );
}

function WordField({
  indicator,
  faults,
  children,
}: WordFieldProps<AskedIndicator> & { readonly children: ReactNode }): ReactNode {
  const id = fieldId(indicator.code);
  return (
    <div className="figure-field">
      <div className="figure-label">
        <label htmlFor={id}>
          {indicator.label}
          <Optional required={indicator.required} />
        </label>
        <Hint id={id} hint={indicator.hint} />
      </div>
      <div className="word-input">{children}</div>
      <FieldFaults id={`${id}-loi`} faults={faults} />
    </div>
  );
}

function inputProps({ indicator, faults }: WordFieldProps<AskedIndicator>) {
  const id = fieldId(indicator.code);
  return {
    id,
    'data-testid': `figure-${indicator.code}`,
    'aria-required': indicator.required,
    'aria-invalid': faults.length > 0,
    'aria-describedby': describedBy(id, indicator.hint, faults),
  };
}

function describedBy(id: string, hint: string | undefined, faults: readonly string[]): string | undefined {
  const ids = [hint === undefined ? null : `${id}-goi-y`, faults.length === 0 ? null : `${id}-loi`];
  const present = ids.filter((each) => each !== null);
  return present.length === 0 ? undefined : present.join(' ');
}

function Optional({ required }: { readonly required: boolean }): ReactNode {
  return required ? null : <span className="optional"> (không bắt buộc)</span>;
}

function Hint({ id, hint }: { readonly id: string; readonly hint: string | undefined }): ReactNode {
  if (hint === undefined) return null;
  return (
    <p className="soft small" id={`${id}-goi-y`}>
      {hint}
    </p>
  );
}
