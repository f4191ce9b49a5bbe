import { placesOf, showCount, type FormDefinition, type Indicator, type Narrative } from '@mach/domain';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { sectionsOf } from '../reports/form-sections';
import { AGGREGATION_WORDS, measureWords } from './catalogue-words';

/** A form laid out as the clerk sees it, with what each of its indicators means instead of a field. */
export function FormOutline({ definition }: { readonly definition: FormDefinition }): ReactNode {
  return sectionsOf(definition).map(({ heading, indicators, narratives }) => (
    <section key={heading} className="card" aria-label={heading}>
      <h2>{heading}</h2>
      <ul className="outline">
        {indicators.map((indicator) => (
          <IndicatorItem key={indicator.code} indicator={indicator} definition={definition} />
        ))}
        {narratives.map((narrative) => (
          <NarrativeItem key={narrative.code} narrative={narrative} />
        ))}
      </ul>
    </section>
  ));
}

function IndicatorItem({
  indicator,
  definition,
}: {
  readonly indicator: Indicator;
  readonly definition: FormDefinition;
}): ReactNode {
  const places = placesOf(indicator);
  if (indicator.type === 'subtotal') {
    const names = indicator.of.map(
      (ref) => definition.indicators.find(({ code }) => code === ref.split('.')[0])?.label ?? ref,
    );
    return (
      <li>
        <strong>{indicator.label}</strong>
        <span className="soft small">Máy cộng, không nhập: {names.join(' + ')}</span>
      </li>
    );
  }
  return (
    <li>
      <Link to="/chi-tieu/$code" params={{ code: indicator.code }} preload={false}>
        {indicator.label}
      </Link>
      {indicator.required ? '' : <span className="soft"> (không bắt buộc)</span>}
      {indicator.definition === undefined || indicator.definition === indicator.label ? null : (
        <span className="small">{indicator.definition}</span>
      )}
      {indicator.hint === undefined ? null : <span className="small">Gợi ý: {indicator.hint}</span>}
      <span className="soft small">
        {measureWords(indicator)}; {AGGREGATION_WORDS[indicator.aggregation.kind]}
      </span>
      {places.length < 2 ? null : (
        <span className="soft small">Ghi riêng: {places.map(({ label }) => label).join('; ')}</span>
      )}
      {'options' in indicator ? (
        <span className="soft small">Chọn: {indicator.options.map(({ label }) => label).join('; ')}</span>
      ) : null}
    </li>
  );
}

function NarrativeItem({ narrative }: { readonly narrative: Narrative }): ReactNode {
  const { label, hint, required, minLength, maxLength, suggestedLength } = narrative;
  const lengths = [
    ...(minLength === undefined ? [] : [`ít nhất ${showCount(minLength)}`]),
    ...(suggestedLength === undefined ? [] : [`nên khoảng ${showCount(suggestedLength)}`]),
    `nhiều nhất ${showCount(maxLength)} ký tự`,
  ];
  return (
    <li>
      <strong>{label}</strong>
      {required ? '' : <span className="soft"> (không bắt buộc)</span>}
      {hint === undefined ? null : <span className="small">{hint}</span>}
      <span className="soft small">Lời văn, {lengths.join(', ')}</span>
    </li>
  );
}
