import type { FileView } from '@mach/contracts';
import type { AttachmentSlot } from '@mach/domain';
import { useQuery } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { filesQuery } from '../api/queries';
import { AttachmentField } from './attachment-field';
import './files.css';

interface AttachmentsProps {
  readonly obligationId: string;
  readonly slots: readonly AttachmentSlot[];
  /** Ids of the files that the report will name. */
  readonly attached: readonly string[];
  readonly editable: boolean;
  readonly onChange: (fileIds: readonly string[]) => void;
}

/** The files that go with a report: one place for each that its form asks for. */
export function Attachments({
  obligationId,
  slots,
  attached,
  editable,
  onChange,
}: AttachmentsProps): ReactNode {
  const { data } = useQuery(filesQuery(obligationId));
  const files = data?.items;
  useEffect(() => {
    // What was deleted elsewhere meanwhile can neither be seen nor sent.
    const left =
      files === undefined ? attached : attached.filter((id) => files.some((file) => file.id === id));
    if (left.length < attached.length) onChange(left);
  }, [files]);
  const byId = new Map(files?.map((file) => [file.id, file]));
  const named = attached.map((id) => byId.get(id)).filter((file): file is FileView => file !== undefined);
  return (
    <fieldset className="card report-section">
      <legend>Tài liệu kèm theo</legend>
      {slots.map((slot) => (
        <AttachmentField
          key={slot.code}
          obligationId={obligationId}
          slot={slot}
          files={named.filter((file) => file.slot === slot.code)}
          editable={editable}
          onAdd={(id) => {
            onChange([...attached, id]);
          }}
          onRemove={(id) => {
            onChange(attached.filter((each) => each !== id));
          }}
        />
      ))}
    </fieldset>
  );
}
