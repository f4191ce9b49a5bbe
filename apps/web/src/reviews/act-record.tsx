import type { ActView } from '@mach/contracts';
import { showDateTime, type FormDefinition } from '@mach/domain';
import type { ReactNode } from 'react';
import { actWords } from './act-words';

interface ActRecordProps {
  /** As deep as the page has it. */
  readonly heading: 'h2' | 'h3';
  readonly acts: readonly ActView[];
  readonly definition: FormDefinition;
}

/** What was done with a report, by whom and why: the newest first. */
export function ActRecord({ heading: Heading, acts, definition }: ActRecordProps): ReactNode {
  if (acts.length === 0) return null;
  const label = (code: string): string =>
    definition.indicators.find((indicator) => indicator.code === code)?.label ?? code;
  return (
    <section aria-labelledby="qua-trinh-xu-ly" data-testid="act-record">
      <Heading id="qua-trinh-xu-ly">Quá trình xử lý</Heading>
      <ol className="review-record" reversed>
        {acts.toReversed().map((act) => (
          <li key={`${act.at} ${act.kind}`}>
            <strong>{actWords(act)}</strong>
            <span className="soft small">
              {' '}
              {act.by.name}, {act.by.unit}, {showDateTime(Date.parse(act.at))}
            </span>
            {act.reason === null ? null : <p>{act.reason}</p>}
            {act.figures === null ? null : (
              <ul>
                {Object.entries(act.figures).map(([code, why]) => (
                  <li key={code}>
                    {label(code)}: {why}
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
