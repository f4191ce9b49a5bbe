import type { ReactNode } from 'react';
import { Icon } from '../design/icon';
import { DEFINITION_ID } from './definition-text';
import { jsonPlaces, lineAt, placeOf, type JsonPlace } from './json-places';
import type { EditFaults } from './use-edit';

/** Every fault of a form being written, with its line; each leads into the text. */
export function DefinitionFaults({
  text,
  faults: { reasons, sentence },
}: {
  readonly text: string;
  readonly faults: EditFaults;
}): ReactNode {
  const unreadable = whyUnreadable(text);
  if (unreadable !== null) return <Faults title={unreadable} />;
  if (reasons.length === 0) return sentence === null ? null : <Faults title={sentence} />;
  const places = jsonPlaces(text);
  const found = reasons
    .map((reason) => ({ ...reason, place: placeOf(places, reason.pointer.replace(/^\/definition/, '')) }))
    .sort((a, b) => a.place.from - b.place.from);
  return (
    <Faults title={`Chưa công bố được: còn ${String(found.length)} chỗ cần sửa`}>
      <ul className="edit-fault-places">
        {found.map(({ pointer, code, message, place }) => (
          <li key={`${pointer} ${code} ${message}`}>
            <button
              type="button"
              className="button button-small"
              onClick={() => {
                show(place);
              }}
            >
              Dòng {lineAt(text, place)}
            </button>{' '}
            {message}
            <code className="soft small">{pointer.replace(/^\/definition\/?/, '')}</code>
          </li>
        ))}
      </ul>
    </Faults>
  );
}

function Faults({ title, children }: { readonly title: string; readonly children?: ReactNode }): ReactNode {
  return (
    <div className="message message-bad" role="alert">
      <Icon name="alert" />
      <div>
        <p className="message-title">{title}</p>
        {children}
      </div>
    </div>
  );
}

/** Puts the cursor on what is wrong. */
function show({ from, to }: JsonPlace): void {
  const field = document.getElementById(DEFINITION_ID);
  if (!(field instanceof HTMLTextAreaElement)) return;
  field.focus();
  field.setSelectionRange(from, to);
  const lines = field.value.split('\n').length;
  field.scrollTop = (field.scrollHeight * (lineAt(field.value, { from, to }) - 3)) / lines;
}

/** Why the text is no object of JSON, in words; null when it is one. */
function whyUnreadable(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? null
      : 'Nội dung phải là một đối tượng JSON, bắt đầu bằng { và kết thúc bằng }.';
  } catch (error) {
    const [, written] = /position (\d+)/.exec(error instanceof Error ? error.message : '') ?? [];
    const from = written === undefined ? text.trimEnd().length : Number(written);
    return `Nội dung chưa phải là JSON: đọc được đến dòng ${String(lineAt(text, { from, to: from }))}.`;
  }
}
