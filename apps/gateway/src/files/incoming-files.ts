import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { FILE_LIMITS, type Reason } from '@mach/domain';
import { contentReason } from './inspecting/content';

/** A file as it arrived, on this machine, not kept yet. */
export interface IncomingFile {
  readonly path: string;
  readonly size: number;
  readonly sha256: Buffer;
}

export type Received =
  { readonly ok: true; readonly file: IncomingFile } | { readonly ok: false; readonly reason: Reason };

/** Where files arrive, piece by piece, before anybody looks at them: beside the kept ones, so that a move is a rename. */
export class IncomingFiles {
  constructor(private readonly folder: string) {}

  /** Writes `bytes` down under `id` while counting and hashing them; lets go of them when they are too many. */
  async receive(id: string, bytes: Readable): Promise<Received> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const path = join(this.folder, id);
    const hash = createHash('sha256');
    let size = 0;
    const handle = await open(path, 'wx', 0o600);
    try {
      for await (const piece of bytes as AsyncIterable<Buffer>) {
        size += piece.length;
        if (size > FILE_LIMITS.bytes) return { ok: false, reason: contentReason('tooLarge') };
        hash.update(piece);
        await handle.writeFile(piece);
      }
    } finally {
      await handle.close();
    }
    return { ok: true, file: { path, size, sha256: hash.digest() } };
  }

  /** Throws what arrived under `id` away, unless it was moved to where it is kept. */
  async forget(id: string): Promise<void> {
    await rm(join(this.folder, id), { force: true });
  }

  /** Throws away what a process that died had begun to receive. */
  async forgetOlderThan(moment: number): Promise<void> {
    const names = await readdir(this.folder).catch(() => []);
    for (const name of names) {
      const found = await stat(join(this.folder, name)).catch(() => null);
      if (found !== null && found.mtimeMs < moment) await this.forget(name);
    }
  }
}
