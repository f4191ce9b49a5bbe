import type { FileKind } from '@mach/domain';

/**
 * A file kept for an obligation (tài liệu kèm theo). `POST /api/v1/obligations/:id/files?slot=CODE` with the bytes as
 * `application/octet-stream` and the name, percent-encoded, in `X-File-Name` answers one; `GET` of the same address all.
 */
export interface FileView {
  readonly id: string;
  /** The place of the form that it was given for. */
  readonly slot: string;
  readonly name: string;
  readonly kind: FileKind;
  /** In bytes. */
  readonly size: number;
  readonly uploadedAt: string;
  /** Display name of the account. */
  readonly uploadedBy: string;
  /** A report that was sent names it: it stays. */
  readonly sent: boolean;
}

/** `GET /api/v1/obligations/:id/files`: the oldest first. */
export interface FileListView {
  readonly items: readonly FileView[];
}
