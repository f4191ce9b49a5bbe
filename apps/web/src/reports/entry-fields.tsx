import type { Indicator } from '@mach/domain';
import type { ReactNode } from 'react';
import { narrativeRef } from './faults';
import type { EntryFieldsProps } from './field-props';
import { FigureField } from './figure-field';
import { NarrativeField } from './narrative-field';
import { RatioField } from './ratio-field';

/** Every field that the form asks for, under the form's own headings. */
export function EntryFields(props: EntryFieldsProps): ReactNode {
  const { definition, ...fields } = props;
  const { entry, faults, readOnly, onChange, onLeave } = fields;
  return (
    <>
      {sectionsOf(definition.indicators).map(([section, indicators]) => (
        <fieldset key={section} className="card report-section">
          <legend>{section}</legend>
          {indicators.map((indicator) => (
            <IndicatorField key={indicator.code} {...fields} indicator={indicator} />
          ))}
        </fieldset>
      ))}
      {definition.narratives.length === 0 ? null : (
        <fieldset className="card report-section">
          <legend>Lời văn</legend>
          {definition.narratives.map((narrative) => (
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
      )}
    </>
  );
}

function IndicatorField({
  indicator,
  entry,
  faults,
  ...field
}: Omit<EntryFieldsProps, 'definition'> & { readonly indicator: Indicator }): ReactNode {
  if (indicator.type === 'ratio')
    return <RatioField indicator={indicator} entry={entry} faults={faults} {...field} />;
  return (
    <FigureField
      figure={{
        ref: indicator.code,
        label: indicator.label,
        unit: indicator.unit,
        decimals: indicator.decimals,
        required: indicator.required,
      }}
      hint={indicator.hint}
      negative={indicator.min?.startsWith('-') === true}
      text={entry.figures[indicator.code] ?? ''}
      faults={faults.get(indicator.code) ?? []}
      {...field}
    />
  );
}

function sectionsOf(indicators: readonly Indicator[]): readonly (readonly [string, readonly Indicator[]])[] {
  const sections = new Map<string, Indicator[]>();
  for (const indicator of indicators)
    sections.set(indicator.section, [...(sections.get(indicator.section) ?? []), indicator]);
  return [...sections];
}
