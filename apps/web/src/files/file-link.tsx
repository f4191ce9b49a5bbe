import type { FileView } from '@mach/contracts';
import { showDateTime, showFileSize } from '@mach/domain';
import type { ReactNode } from 'react';

/** A file to be saved, with what is known of it. */
export function FileLink({ file }: { readonly file: FileView }): ReactNode {
  return (
    <span className="file-link">
      <a href={`/api/v1/files/${file.id}`} download={file.name}>
        {file.name}
      </a>{' '}
      <span className="soft small">
        {showFileSize(file.size)}, {file.uploadedBy} tải lên {showDateTime(Date.parse(file.uploadedAt))}
      </span>
    </span>
  );
}
