import { EMPTY_ENTRY, prepareForm, type FormDefinition } from '@mach/domain';
import { useMemo, useState, type ReactNode } from 'react';
import { payloadFrom } from '../reports/entry';
import { withText } from '../reports/entry-changes';
import { EntryFields } from '../reports/entry-fields';
import '../reports/report.css';

const NO_FAULTS = new Map<string, readonly string[]>();

/** The form as a clerk will see it, totals worked out; what is typed into it goes nowhere. */
export function FormPreview({ definition }: { readonly definition: FormDefinition }): ReactNode {
  const [entry, setEntry] = useState(EMPTY_ENTRY);
  const form = useMemo(() => prepareForm(definition, []), [definition]);
  const worked = new Map(form.preview(payloadFrom(definition, entry)).map((value) => [value.code, value]));
  return (
    <section className="form-preview" aria-labelledby="xem-truoc" data-testid="preview">
      <h2 id="xem-truoc">Xem trước, như người nhập sẽ thấy</h2>
      <p className="soft small">Có thể nhập thử; không có gì được lưu hay gửi đi.</p>
      <EntryFields
        definition={definition}
        entry={entry}
        shown={worked}
        noteOf={() => null}
        faults={NO_FAULTS}
        pasted={null}
        isLocked={() => false}
        readOnly={false}
        onChange={(ref, text) => {
          setEntry(withText(entry, ref, text));
        }}
        onLeave={() => undefined}
        onPaste={() => false}
      />
    </section>
  );
}
