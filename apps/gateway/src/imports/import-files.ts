import { IMPORT_MEDIA_TYPES } from '@mach/contracts';
import type { ImportFormat } from '@mach/domain';

const MIB = 1024 * 1024;

/** Ten thousand reports of forty figures are 3 MiB as a workbook and 12 MiB as NDJSON. */
export const IMPORT_BYTES = 16 * MIB;

/** Those that are not JSON, which the edge knows anyhow. */
export const IMPORT_FILE_TYPES = Object.keys(IMPORT_MEDIA_TYPES).filter(
  (type) => type !== 'application/json',
);

/** The format that a media type names; null when it is none of ours. */
export function formatOf(mediaType: string): ImportFormat | null {
  const formats: Readonly<Record<string, ImportFormat | undefined>> = IMPORT_MEDIA_TYPES;
  return formats[mediaType] ?? null;
}
