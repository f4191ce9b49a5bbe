import type { CheckedFormVersionView, FormDetailView, FormVersionView, FormView } from '@mach/contracts';
import { writtenForm, type FormDefinition } from '@mach/domain';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { formQuery } from '../api/queries';
import { FaultPage, WaitingPage } from '../app/edge-pages';
import { usePageTitle } from '../app/page-title';
import { VersionDifferences } from '../catalogue/version-differences';
import '../catalogue/catalogue.css';
import { OfficeFrame } from '../design/office-frame';
import { DefinitionFaults } from './definition-faults';
import { DefinitionText } from './definition-text';
import { FormPreview } from './form-preview';
import { useEdit } from './use-edit';

/** Công bố phiên bản mới: a form's next version, checked, compared and looked at before it is published. */
export function FormPublishPage(): ReactNode {
  const { code } = useParams({ from: '/signed-in/bieu-mau/$code/phien-ban-moi' });
  // Once: what is being written is not changed under the writer's hands.
  const { data: view, error } = useQuery({ ...formQuery(code), staleTime: Infinity, gcTime: 0 });
  usePageTitle('Phiên bản mới của biểu mẫu');
  const newest = view?.versions.at(-1);
  if (view === undefined || newest === undefined)
    return error ? <FaultPage error={error} /> : <WaitingPage />;
  return (
    <OfficeFrame>
      <div>
        <p className="small">
          <Link to="/bieu-mau/$code" params={{ code }}>
            {view.title}
          </Link>
        </p>
        <h1>Phiên bản {newest.version + 1}</h1>
        <p className="soft">
          Viết từ phiên bản {newest.version}. Phiên bản đã công bố không sửa được; các kỳ đã mở vẫn dùng phiên
          bản cũ.
        </p>
      </div>
      <NextVersion view={view} newest={newest} />
    </OfficeFrame>
  );
}

interface Checked {
  readonly text: string;
  readonly definition: FormDefinition;
}

function NextVersion({
  view: { code },
  newest,
}: {
  readonly view: FormDetailView;
  readonly newest: FormVersionView;
}): ReactNode {
  const client = useQueryClient();
  const navigate = useNavigate();
  const edit = useEdit();
  const [text, setText] = useState(() => JSON.stringify(writtenForm(newest.definition), null, 2));
  const [checked, setChecked] = useState<Checked | null>(null);
  const path = `/forms/${encodeURIComponent(code)}/versions`;
  // What was checked is what is published: a word changed since has to be checked again.
  const right = checked?.text === text ? checked : null;
  const check = async (): Promise<void> => {
    const definition = read(text);
    if (definition === null) return;
    const answer = await edit.send<CheckedFormVersionView>('POST', `${path}/check`, { definition });
    setChecked(answer === null ? null : { text, definition: answer.definition });
  };
  const publish = async (): Promise<void> => {
    const published = await edit.send<FormView>('POST', path, {
      definition: read(text) ?? {},
      basedOn: newest.version,
    });
    if (published === null) return;
    await client.invalidateQueries({ queryKey: ['forms'] });
    await client.invalidateQueries({ queryKey: ['form', code] });
    await navigate({
      to: '/bieu-mau/$code',
      params: { code },
      search: { 'phien-ban': String(newest.version + 1), 'so-voi': String(newest.version) },
    });
  };
  return (
    <>
      <section className="card edit" aria-label="Nội dung phiên bản mới">
        <DefinitionText text={text} onChange={setText} />
        <DefinitionFaults text={text} faults={edit.faults} />
        <div className="edit-buttons">
          <button
            type="button"
            className="button"
            disabled={edit.working || read(text) === null}
            onClick={() => {
              void check();
            }}
          >
            {edit.working ? 'Đang kiểm tra…' : 'Kiểm tra'}
          </button>
          <button
            type="button"
            className="button button-main"
            disabled={edit.working || right === null}
            onClick={() => {
              void publish();
            }}
          >
            Công bố phiên bản {newest.version + 1}
          </button>
        </div>
        <p className="soft small" aria-live="polite">
          {right === null
            ? 'Kiểm tra xong, không còn lỗi thì mới công bố được.'
            : 'Không có lỗi. Đề nghị xem chỗ khác và bản xem trước dưới đây rồi công bố.'}
        </p>
      </section>
      {right === null ? null : (
        <>
          <VersionDifferences
            earlier={newest}
            later={{ version: newest.version + 1, definition: right.definition }}
          />
          <FormPreview key={right.text} definition={right.definition} />
        </>
      )}
    </>
  );
}

/** Null while the text is no JSON object. */
function read(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
