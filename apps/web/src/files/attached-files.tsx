import type { FileView } from '@mach/contracts';
import { FILE_KIND_TRAITS, showFileSize, type AttachmentSlot } from '@mach/domain';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { filesQuery } from '../api/queries';
import { sayError } from '../api/request';
import './files.css';

interface AttachedFilesProps {
  readonly obligationId: string;
  /** The places for files of the report's form; none: nothing is shown. */
  readonly slots: readonly AttachmentSlot[] | undefined;
  /** Ids of the files that the report names. */
  readonly attached: readonly string[];
}

/** The files that came with a report, place by place, each to be looked at in a window of its own. */
export function AttachedFiles({ obligationId, slots = [], attached }: AttachedFilesProps): ReactNode {
  const { data, error } = useQuery({ ...filesQuery(obligationId), enabled: slots.length > 0 });
  if (slots.length === 0) return null;
  const named = data?.items.filter(({ id }) => attached.includes(id));
  return (
    <section aria-labelledby="tai-lieu-kem-theo" data-testid="attached-files">
      <h3 id="tai-lieu-kem-theo">Tài liệu kèm theo</h3>
      {error && !data ? <p className="late">{sayError(error)}</p> : null}
      {named === undefined ? null : (
        <dl className="attached-files">
          {slots.map((slot) => (
            <div key={slot.code}>
              <dt>{slot.label}</dt>
              <FilesOfSlot slot={slot} files={named.filter((file) => file.slot === slot.code)} />
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function FilesOfSlot({
  slot,
  files,
}: {
  readonly slot: AttachmentSlot;
  readonly files: readonly FileView[];
}): ReactNode {
  if (files.length === 0)
    return slot.required ? (
      <dd className="late">Thiếu: biểu mẫu yêu cầu có tài liệu này.</dd>
    ) : (
      <dd className="soft">Không có</dd>
    );
  return files.map((file) => (
    <dd key={file.id} className="file-link">
      <a href={`/api/v1/files/${file.id}?shown=true`} target="_blank" rel="noopener">
        {file.name}
      </a>{' '}
      <span className="soft small">
        {FILE_KIND_TRAITS[file.kind].words}, {showFileSize(file.size)} (mở ở thẻ mới)
      </span>
    </dd>
  ));
}
