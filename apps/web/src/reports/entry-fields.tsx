import { showFigure, unitOf, type AskedIndicator, type Indicator } from '@mach/domain';
import type { ReactNode } from 'react';
import { narrativeRef } from './faults';
import type { EntryFieldsProps, FieldProps } from './field-props';
import { FigureField } from './figure-field';
import { sectionsOf } from './form-sections';
import { NarrativeField } from './narrative-field';
import { PartsField } from './parts-field';
import { RatioField } from './ratio-field';
import { ChoiceField, DateField, TextField, YesNoField } from './word-fields';

/** Every field that the form asks for, under the form's own headings. */
export function EntryFields(props: EntryFieldsProps): ReactNode {
  const { definition, noteOf, isLocked, ...fields } = props;
  const { entry, faults, readOnly, onChange, onLeave } = fields;
  return sectionsOf(definition).map(({ heading, indicators, narratives }) => (
    <fieldset key={heading} className="card report-section">
      <legend>{heading}</legend>
      {indicators.map((indicator) => (
        <div key={indicator.code} className="indicator">
          <IndicatorField {...fields} readOnly={readOnly || isLocked(indicator)} indicator={indicator} />
          {noteOf(indicator)}
        </div>
      ))}
      {narratives.map((narrative) => (
        <NarrativeField
          key={narrative.code}
          narrative={narrative}
          text={entry.narratives[narrative.code] ?? ''}
          faults={faults.get(narrativeRef(narrative.code)) ?? []}
          readOnly={readOnly}
          onChange={onChange}
          onLeave={onLeave}
        />
      ))}
    </fieldset>
  ));
}

type IndicatorFieldProps = FieldProps & {
  readonly indicator: Indicator;
};

function IndicatorField({ indicator, ...fields }: IndicatorFieldProps): ReactNode {
  switch (indicator.type) {
    case 'subtotal': {
      const shown = fields.shown.get(indicator.code);
      const value = shown?.type === 'quantity' ? shown.value : null;
      return (
        <p className="subtotal-line" data-testid={`subtotal-${indicator.code}`}>
          <span>{indicator.label}</span>
          <output className="number">
            {value === null ? '—' : `${showFigure(value)} ${indicator.unit}`}
          </output>
        </p>
      );
    }
    case 'ratio':
      return <RatioField indicator={indicator} {...fields} />;
    case 'integer':
    case 'decimal':
    case 'percent':
    case 'money': {
      if (indicator.parts !== undefined)
        return <PartsField indicator={indicator} parts={indicator.parts} {...fields} />;
      const { code, label, decimals, required } = indicator;
      const scale = indicator.type === 'money' ? { scale: indicator.scale } : {};
      return (
        <FigureField
          figure={{ ref: code, label, unit: unitOf(indicator), decimals, required, ...scale }}
          hint={indicator.hint}
          negative={indicator.min?.startsWith('-') === true}
          {...onlyOne(indicator, fields)}
          pasted={fields.pasted}
          onPaste={fields.onPaste}
        />
      );
    }
    case 'choice':
      return <ChoiceField indicator={indicator} {...onlyOne(indicator, fields)} />;
    case 'yesNo':
      return <YesNoField indicator={indicator} {...onlyOne(indicator, fields)} />;
    case 'date':
      return <DateField indicator={indicator} {...onlyOne(indicator, fields)} />;
    case 'text':
      return <TextField indicator={indicator} {...onlyOne(indicator, fields)} />;
  }
}

/** What a field of an indicator with one place works with. */
function onlyOne({ code }: AskedIndicator, { entry, faults, readOnly, onChange, onLeave }: FieldProps) {
  return { text: entry.figures[code] ?? '', faults: faults.get(code) ?? [], readOnly, onChange, onLeave };
}
