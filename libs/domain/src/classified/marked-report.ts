import { indicatorPointer, narrativePointer } from '../forms/figure-place';
import type { FormDefinition, Reason, ReportPayload } from '../forms/form';
import { refuseMarkedProse } from './classified-prose';

/** What people may write into a report of this form, each place by its pointer, its area and what it is called. */
interface Place {
  readonly pointer: string;
  readonly area: string;
  readonly label: string;
  readonly text: string;
}

/** A refusal for each place of a report, lời văn, chữ or giải trình, that bears a mark of classification. */
export function refuseMarkedReport(
  definition: FormDefinition,
): (payload: ReportPayload) => readonly Reason[] {
  const places = placesOfProse(definition);
  return (payload) =>
    places(payload)
      .map(({ text, pointer, area, label }) => refuseMarkedProse(text, pointer, area, label))
      .filter((reason) => reason !== null);
}

/** All that people have written into a report of this form. */
export function placesOfProse(definition: FormDefinition): (payload: ReportPayload) => readonly Place[] {
  const texts = definition.indicators.filter(({ type }) => type === 'text');
  return ({ figures, narratives, explanations = {} }) => [
    ...definition.narratives.flatMap(({ code, label }) =>
      placeAt(narrativePointer(code), 'narrative', label, narratives[code]),
    ),
    ...texts.flatMap(({ code, label }) => {
      const figure = figures[code];
      const text =
        typeof figure === 'object' && figure !== null && 'text' in figure ? figure.text : undefined;
      return placeAt(indicatorPointer(code), 'figure', label, text);
    }),
    ...Object.entries(explanations).flatMap(([rule, text]) =>
      placeAt(`/explanations/${rule}`, 'explanation', 'Giải trình', text),
    ),
  ];
}

function placeAt(pointer: string, area: string, label: string, text: string | undefined): Place[] {
  return text === undefined || text === '' ? [] : [{ pointer, area, label, text }];
}
