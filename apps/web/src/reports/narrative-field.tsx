import { charactersIn, showCount, type Narrative } from '@mach/domain';
import type { ReactNode } from 'react';
import { fieldId, narrativeRef } from './faults';
import { FieldFaults } from './figure-field';

interface NarrativeFieldProps {
  readonly narrative: Narrative;
  readonly text: string;
  readonly faults: readonly string[];
  readonly readOnly: boolean;
  readonly onChange: (ref: string, text: string) => void;
  readonly onLeave: (ref: string) => void;
}

export function NarrativeField({
  narrative,
  text,
  faults,
  readOnly,
  onChange,
  onLeave,
}: NarrativeFieldProps): ReactNode {
  const ref = narrativeRef(narrative.code);
  const id = fieldId(ref);
  const length = charactersIn(text);
  const described = [
    `${id}-dem`,
    narrative.hint === undefined ? null : `${id}-goi-y`,
    faults.length === 0 ? null : `${id}-loi`,
  ];
  return (
    <div className="field">
      <label htmlFor={id}>
        {narrative.label}
        {narrative.required ? null : <span className="optional"> (không bắt buộc)</span>}
      </label>
      {narrative.hint === undefined ? null : (
        <p className="soft small" id={`${id}-goi-y`}>
          {narrative.hint}
        </p>
      )}
      <textarea
        id={id}
        data-testid={`narrative-${narrative.code}`}
        className="input"
        rows={5}
        value={text}
        readOnly={readOnly}
        aria-required={narrative.required}
        aria-invalid={faults.length > 0}
        aria-describedby={described.filter((each) => each !== null).join(' ')}
        onChange={(event) => {
          onChange(ref, event.target.value);
        }}
        onBlur={() => {
          onLeave(ref);
        }}
      />
      <p className={`small number ${length > narrative.maxLength ? 'late' : 'soft'}`} id={`${id}-dem`}>
        {showCount(length)} / {showCount(narrative.maxLength)} ký tự
        {lengthHint(narrative)}
      </p>
      <FieldFaults id={`${id}-loi`} faults={faults} />
    </div>
  );
}

function lengthHint({ minLength, suggestedLength }: Narrative): string {
  const wishes = [
    ...(minLength === undefined ? [] : [`ít nhất ${showCount(minLength)}`]),
    ...(suggestedLength === undefined ? [] : [`nên khoảng ${showCount(suggestedLength)}`]),
  ];
  return wishes.length === 0 ? '' : ` (${wishes.join(', ')})`;
}
