/**
 * The life of an import (lần nhập tệp): `reading` (its dry run is being made) → `ready` (looked at by a person) or
 * `refused` (the table as a whole cannot be taken) → `applying` → `applied`; `cancelled` from any that is not over.
 */
export const IMPORT_STATES = ['reading', 'refused', 'ready', 'applying', 'applied', 'cancelled'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** In which format a table was handed in. */
export const IMPORT_FORMATS = ['xlsx', 'csv', 'json', 'ndjson'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];
