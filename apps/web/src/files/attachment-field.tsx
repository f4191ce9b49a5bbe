import type { FileListView, FileView } from '@mach/contracts';
import {
  checkFileName,
  FILE_KIND_TRAITS,
  FILE_LIMITS,
  showFileSize,
  type AttachmentSlot,
} from '@mach/domain';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useRef, useState, type ReactNode } from 'react';
import { filesQuery } from '../api/queries';
import { request, sayError } from '../api/request';
import { FileLink } from './file-link';

/** A file of ten megabytes over a slow line. */
const UPLOAD_TIME_OUT_MS = 60_000;

interface AttachmentFieldProps {
  readonly obligationId: string;
  readonly slot: AttachmentSlot;
  /** Those of this place that the report will name. */
  readonly files: readonly FileView[];
  readonly editable: boolean;
  readonly onAdd: (id: string) => void;
  readonly onRemove: (id: string) => void;
}

/** One place for files: what is in it, adding to it and taking out of it. */
export function AttachmentField(props: AttachmentFieldProps): ReactNode {
  const { obligationId, slot, files, editable, onAdd, onRemove } = props;
  const client = useQueryClient();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [sending, setSending] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const { queryKey } = filesQuery(obligationId);

  const add = async (file: File) => {
    const refused = faultOf(file);
    setFault(refused);
    if (refused !== null) return;
    setSending(file.name);
    try {
      const path = `/obligations/${encodeURIComponent(obligationId)}/files?slot=${encodeURIComponent(slot.code)}`;
      const headers = {
        'Content-Type': 'application/octet-stream',
        'X-File-Name': encodeURIComponent(file.name),
      };
      const kept = await request<FileView>(path, {
        method: 'POST',
        body: file,
        headers,
        timeOutMs: UPLOAD_TIME_OUT_MS,
      });
      client.setQueryData<FileListView>(queryKey, (before) => ({ items: [...(before?.items ?? []), kept] }));
      onAdd(kept.id);
    } catch (error) {
      setFault(`«${file.name}»: ${sayError(error)}`);
    } finally {
      setSending(null);
    }
  };
  const remove = async (file: FileView) => {
    setFault(null);
    onRemove(file.id);
    // One that an earlier report names stays with that report.
    if (file.sent) return;
    await request(`/files/${file.id}`, { method: 'DELETE' }).catch(() => undefined);
    await client.invalidateQueries({ queryKey });
  };

  const full = files.length >= slot.maxFiles;
  return (
    <div className="field attachment-field">
      <p className="attachment-label" id={`${id}-ten`}>
        {slot.label}
        {slot.required ? null : <span className="optional"> (không bắt buộc)</span>}
      </p>
      <p className="soft small" id={`${id}-goi-y`}>
        {slot.hint === undefined ? '' : `${slot.hint} `}
        {slot.kinds.map((kind) => FILE_KIND_TRAITS[kind].words).join(', ')}; mỗi tệp không quá{' '}
        {showFileSize(FILE_LIMITS.bytes)}
        {slot.maxFiles > 1 ? `, không quá ${String(slot.maxFiles)} tệp` : ''}.
      </p>
      {files.length === 0 ? null : (
        <ul className="attachment-list" aria-labelledby={`${id}-ten`}>
          {files.map((file) => (
            <li key={file.id}>
              <FileLink file={file} />
              {editable ? (
                <button
                  type="button"
                  className="button button-small"
                  aria-label={`Bỏ tệp ${file.name}`}
                  onClick={() => {
                    void remove(file);
                  }}
                >
                  Bỏ tệp
                </button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {editable && !full ? (
        <>
          <input
            ref={input}
            type="file"
            hidden
            data-testid={`file-${slot.code}`}
            accept={slot.kinds
              .flatMap((kind) => FILE_KIND_TRAITS[kind].endings.map((ending) => `.${ending}`))
              .join()}
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              event.target.value = '';
              if (file !== undefined) void add(file);
            }}
          />
          <button
            type="button"
            className="button"
            disabled={sending !== null}
            aria-describedby={`${id}-ten ${id}-goi-y`}
            onClick={() => input.current?.click()}
          >
            {files.length === 0 ? 'Chọn tệp' : 'Thêm tệp'}
          </button>
        </>
      ) : null}
      <p role="status" className="small">
        {sending === null ? '' : `Đang tải lên «${sending}» …`}
      </p>
      {fault === null ? null : (
        <p role="alert" className="small late">
          {fault}
        </p>
      )}
    </div>
  );
}

/** What can be said before anything is sent. */
function faultOf(file: File): string | null {
  if (file.size > FILE_LIMITS.bytes)
    return `Tệp «${file.name}» (${showFileSize(file.size)}) lớn hơn ${showFileSize(FILE_LIMITS.bytes)}. Đề nghị giảm dung lượng hoặc tách thành nhiều tệp.`;
  const checked = checkFileName(file.name);
  return checked.ok ? null : checked.reason.message;
}
