import {
  fullLabel,
  placesOf,
  localTimeOf,
  type EntryConflict,
  type FormDefinition,
  type ReportEntry,
} from '@mach/domain';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { DraftMeeting } from './use-server-draft';

interface DraftMergeProps {
  readonly definition: FormDefinition;
  readonly meeting: DraftMeeting;
  readonly onChoose: (entry: ReportEntry) => void;
}

type Side = 'theirs' | 'mine';

/** Two people filled in the same places differently: each place is shown with both, and the person chooses. */
export function DraftMerge({ definition, meeting, onChoose }: DraftMergeProps): ReactNode {
  const { current, merged } = meeting;
  const [chosen, setChosen] = useState<ReadonlyMap<string, Side>>(new Map());
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    box.current?.focus();
    box.current?.scrollIntoView({ block: 'start' });
  }, []);
  const left = merged.conflicts.length - chosen.size;
  return (
    <section
      className="card conflict"
      aria-labelledby="hai-ban-nhap"
      data-testid="draft-merge"
      tabIndex={-1}
      ref={box}
    >
      <h2 id="hai-ban-nhap">Hai người cùng sửa một mục, đồng chí chọn từng mục</h2>
      <p>
        {current.savedBy} vừa lưu bản nháp này lúc {localTimeOf(Date.parse(current.savedAt))} (phiên bản{' '}
        {current.version}). Các mục khác đã được gộp; những mục dưới đây hai bên ghi khác nhau. Chưa mất gì
        của ai.
      </p>
      {merged.conflicts.map((conflict) => (
        <fieldset
          key={placeOf(conflict)}
          className="merge-place"
          data-testid={`merge-${conflict.name.replaceAll('.', '-')}`}
        >
          <legend>{labelOf(definition, conflict)}</legend>
          {(['theirs', 'mine'] as const).map((side) => (
            <label key={side}>
              <input
                type="radio"
                name={placeOf(conflict)}
                checked={chosen.get(placeOf(conflict)) === side}
                onChange={() => {
                  setChosen((before) => new Map([...before, [placeOf(conflict), side]]));
                }}
              />
              <span>
                {side === 'theirs' ? current.savedBy : 'Đồng chí'}:{' '}
                <strong className="merge-text">{conflict[side] === '' ? 'để trống' : conflict[side]}</strong>
              </span>
            </label>
          ))}
        </fieldset>
      ))}
      <div className="conflict-choice">
        <button
          type="button"
          className="button button-main"
          disabled={left > 0}
          onClick={() => {
            onChoose(withChoices(merged.entry, merged.conflicts, chosen));
          }}
        >
          {left > 0 ? `Còn ${String(left)} mục chưa chọn` : 'Dùng các mục đã chọn'}
        </button>
      </div>
    </section>
  );
}

function placeOf({ part, name }: EntryConflict): string {
  return `${part} ${name}`;
}

function withChoices(
  entry: ReportEntry,
  conflicts: readonly EntryConflict[],
  chosen: ReadonlyMap<string, Side>,
): ReportEntry {
  return conflicts.reduce((before, conflict) => {
    const { part, name } = conflict;
    return {
      ...before,
      [part]: { ...before[part], [name]: conflict[chosen.get(placeOf(conflict)) ?? 'mine'] },
    };
  }, entry);
}

function labelOf(definition: FormDefinition, { part, name }: EntryConflict): string {
  if (part === 'explanations') return `Giải trình (${name})`;
  if (part === 'narratives') return definition.narratives.find(({ code }) => code === name)?.label ?? name;
  const labels = definition.indicators.flatMap((indicator) =>
    placesOf(indicator).map((place): [string, string] => [place.ref, fullLabel(indicator, place)]),
  );
  return new Map(labels).get(name) ?? name;
}
