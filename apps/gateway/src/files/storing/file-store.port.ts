import type { Readable } from 'node:stream';

/**
 * Where the bytes of files are kept, by the ids of their rows. What is written under an id never changes. Errors are the
 * store's own (a full disk, a service that is away) and pass through.
 */
export abstract class FileStore {
  /** Takes the file at `path` in; when this ends it is kept whole, before it is not there at all. */
  abstract put(id: string, path: string): Promise<void>;
  /** The bytes from the first to the last; null when nothing is kept under this id. */
  abstract get(id: string): Promise<Readable | null>;
  /** Afterwards nothing is kept under this id, nor before if there was nothing. */
  abstract remove(id: string): Promise<void>;
}
