import type { WatchListView } from '@mach/contracts';
import { useEffect, useId, type ReactNode } from 'react';

/** What a table is about. */
export interface ImportSubject {
  readonly requirement: string;
  readonly period: string;
  readonly formVersion: number;
}

interface SubjectChoiceProps {
  readonly watch: WatchListView;
  readonly subject: ImportSubject | null;
  readonly onChoose: (subject: ImportSubject) => void;
}

/** Which requirement and period; the newest period of the first one to begin with. */
export function SubjectChoice({ watch, subject, onChoose }: SubjectChoiceProps): ReactNode {
  const id = useId();
  const choices = watch.items.flatMap(({ requirement, periods }) =>
    periods.map(({ key, label, formVersion }) => ({
      requirement: requirement.code,
      period: key,
      formVersion,
      label: `${requirement.title} – ${label}`,
    })),
  );
  const [first] = choices;
  useEffect(() => {
    if (subject === null && first !== undefined) onChoose(first);
  }, [subject, first, onChoose]);
  const chosen = choices.findIndex(
    ({ requirement, period }) => requirement === subject?.requirement && period === subject.period,
  );
  return (
    <div className="field">
      <label htmlFor={id}>Yêu cầu và kỳ báo cáo</label>
      <select
        id={id}
        className="input"
        value={String(Math.max(chosen, 0))}
        onChange={({ target }) => {
          const choice = choices[Number(target.value)];
          if (choice !== undefined) onChoose(choice);
        }}
      >
        {choices.map(({ requirement, period, label }, index) => (
          <option key={`${requirement} ${period}`} value={String(index)}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}
