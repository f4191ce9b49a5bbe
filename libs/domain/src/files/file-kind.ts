/** Kinds of files that may go with a report (tài liệu kèm theo), told by their content and never by their name. */
export const FILE_KINDS = ['pdf', 'docx', 'xlsx', 'png', 'jpeg', 'webp'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

interface FileKindTraits {
  /** As an office names it. */
  readonly words: string;
  /** Endings a name may have; the first is the usual one. */
  readonly endings: readonly [string, ...string[]];
  readonly mediaType: string;
}

export const FILE_KIND_TRAITS: Readonly<Record<FileKind, FileKindTraits>> = {
  pdf: { words: 'PDF', endings: ['pdf'], mediaType: 'application/pdf' },
  docx: {
    words: 'Word (DOCX)',
    endings: ['docx'],
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  },
  xlsx: {
    words: 'Excel (XLSX)',
    endings: ['xlsx'],
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
  png: { words: 'ảnh PNG', endings: ['png'], mediaType: 'image/png' },
  jpeg: { words: 'ảnh JPEG', endings: ['jpg', 'jpeg'], mediaType: 'image/jpeg' },
  webp: { words: 'ảnh WebP', endings: ['webp'], mediaType: 'image/webp' },
};

const MIB = 1024 * 1024;

/** What the files of one report may take. */
export const FILE_LIMITS = {
  /** Bytes of one file: ten megabytes pass a commune office's line within the time a request may take. */
  bytes: 10 * MIB,
  /** Files that one report may name. */
  perReport: 20,
  /** Files kept for one obligation, sent or not. */
  perObligation: 60,
} as const;

/** «2,4 MB», «310 KB»: the size of a file as it is shown. */
export function showFileSize(bytes: number): string {
  if (bytes < MIB) return `${String(Math.max(1, Math.round(bytes / 1024)))} KB`;
  const tenths = Math.round((bytes * 10) / MIB);
  const rest = tenths % 10 === 0 ? '' : `,${String(tenths % 10)}`;
  return `${String(Math.floor(tenths / 10))}${rest} MB`;
}
