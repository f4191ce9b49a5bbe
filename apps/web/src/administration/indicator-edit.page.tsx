import type { IndicatorDetailView } from '@mach/contracts';
import { checkCatalogueIndicator, showDateTime } from '@mach/domain';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { indicatorQuery } from '../api/queries';
import { FaultPage, WaitingPage } from '../app/edge-pages';
import { usePageTitle } from '../app/page-title';
import { MessageBox } from '../design/message-box';
import { OfficeFrame } from '../design/office-frame';
import { EditField, EditSummary } from './edit-field';
import { draftOf, indicatorFrom, NEW_DRAFT } from './indicator-draft';
import { IndicatorFields } from './indicator-fields';
import { useEdit } from './use-edit';

/** Thêm chỉ tiêu: a new entry of the catalogue. */
export function NewIndicatorPage(): ReactNode {
  usePageTitle('Thêm chỉ tiêu');
  return (
    <OfficeFrame>
      <div>
        <p className="small">
          <Link to="/chi-tieu">Danh mục chỉ tiêu</Link>
        </p>
        <h1>Thêm chỉ tiêu</h1>
        <p className="soft">Cùng một số liệu thì dùng lại chỉ tiêu đã có; mã mới là số liệu mới.</p>
      </div>
      <IndicatorForm view={null} />
    </OfficeFrame>
  );
}

/** Sửa chỉ tiêu: an entry's words, or its being used at all; what it said is kept. */
export function IndicatorEditPage(): ReactNode {
  const { code } = useParams({ from: '/signed-in/chi-tieu/$code/sua' });
  // Once: what is being written is not changed under the writer's hands.
  const { data: view, error } = useQuery({ ...indicatorQuery(code), staleTime: Infinity, gcTime: 0 });
  usePageTitle('Sửa chỉ tiêu');
  if (!view) return error ? <FaultPage error={error} /> : <WaitingPage />;
  return (
    <OfficeFrame>
      <div>
        <p className="small">
          <Link to="/chi-tieu/$code" params={{ code }}>
            {view.indicator.label}
          </Link>
        </p>
        <h1>Sửa chỉ tiêu</h1>
        <p className="soft">
          Mã <code>{code}</code>
          {view.amendedAt === null ? '' : `, sửa gần nhất ${showDateTime(Date.parse(view.amendedAt))}`}
        </p>
      </div>
      {view.askedBy.length === 0 ? null : (
        <MessageBox tone="info">
          Đã có biểu mẫu công bố hỏi chỉ tiêu này, nên chỉ sửa được câu chữ. Cần số liệu khác thì thêm chỉ
          tiêu mới.
        </MessageBox>
      )}
      <IndicatorForm key={view.amendedAt} view={view} />
    </OfficeFrame>
  );
}

/** `view` null: a new one. */
function IndicatorForm({ view }: { readonly view: IndicatorDetailView | null }): ReactNode {
  const client = useQueryClient();
  const navigate = useNavigate();
  const edit = useEdit();
  const [draft, setDraft] = useState(view === null ? NEW_DRAFT : draftOf(view.indicator));
  const [reason, setReason] = useState('');
  const save = async (): Promise<void> => {
    const indicator = indicatorFrom(draft);
    const checked = checkCatalogueIndicator(indicator, '/indicator');
    const unexplained =
      view !== null && reason.trim() === ''
        ? [{ pointer: '/reason', code: 'reason.missing', message: 'Đề nghị ghi lý do sửa.' }]
        : [];
    if (!checked.ok || unexplained.length > 0) {
      edit.refuse([...(checked.ok ? [] : checked.reasons), ...unexplained]);
      return;
    }
    const saved =
      view === null
        ? await edit.send<IndicatorDetailView>('POST', '/indicators', { indicator })
        : await edit.send<IndicatorDetailView>('PUT', `/indicators/${view.indicator.code}`, {
            indicator,
            reason: reason.trim(),
            basedOn: view.amendedAt,
          });
    if (saved === null) return;
    await client.invalidateQueries({ queryKey: ['indicators'] });
    await client.invalidateQueries({ queryKey: ['indicator', saved.indicator.code] });
    await navigate({ to: '/chi-tieu/$code', params: { code: saved.indicator.code } });
  };
  return (
    <form
      className="card edit"
      aria-label={view === null ? 'Chỉ tiêu mới' : 'Nội dung chỉ tiêu'}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <EditSummary faults={edit.faults} />
      <IndicatorFields
        draft={draft}
        faults={edit.faults}
        fixed={view !== null && view.askedBy.length > 0}
        isNew={view === null}
        onChange={setDraft}
      />
      {view === null ? null : (
        <>
          <label className="state-line">
            <input
              type="checkbox"
              checked={draft.retired}
              onChange={({ target }) => {
                setDraft({ ...draft, retired: target.checked });
              }}
            />
            Ngừng dùng: biểu mẫu công bố sau này không hỏi nữa
          </label>
          <EditField pointer="/reason" label="Lý do sửa" faults={edit.faults}>
            {(attributes) => (
              <textarea
                {...attributes}
                className="input"
                rows={2}
                maxLength={500}
                value={reason}
                onChange={({ target }) => {
                  setReason(target.value);
                }}
              />
            )}
          </EditField>
        </>
      )}
      <div className="edit-buttons">
        <button type="submit" className="button button-main" disabled={edit.working}>
          {edit.working ? 'Đang lưu…' : view === null ? 'Thêm vào danh mục' : 'Lưu'}
        </button>
        <Link
          className="button"
          to={view === null ? '/chi-tieu' : '/chi-tieu/$code'}
          params={{ code: view?.indicator.code ?? '' }}
        >
          Thôi
        </Link>
      </div>
    </form>
  );
}
