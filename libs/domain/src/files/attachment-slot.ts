import type { FileKind } from './file-kind';

/** A place of a form that asks for files (tài liệu kèm theo). */
export interface AttachmentSlot {
  readonly code: string;
  readonly label: string;
  readonly hint?: string;
  readonly required: boolean;
  readonly kinds: readonly FileKind[];
  readonly maxFiles: number;
}
