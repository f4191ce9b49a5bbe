import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { FileStore } from './file-store.port';

/** Files in a folder of this machine, or one that all gateways mount. No page is ever served from it. */
export class FolderFileStore extends FileStore {
  constructor(private readonly folder: string) {
    super();
  }

  async put(id: string, path: string): Promise<void> {
    const target = this.pathOf(id);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    // First the bytes, then the name: a machine that loses its power keeps the file whole or not at all.
    await synced(path);
    await rename(path, target);
    await synced(dirname(target));
  }

  async get(id: string): Promise<Readable | null> {
    let file: FileHandle;
    try {
      file = await open(this.pathOf(id));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
    return file.createReadStream();
  }

  async remove(id: string): Promise<void> {
    await rm(this.pathOf(id), { force: true });
  }

  /** 256 folders by the end of the id, which is random; its beginning is the time. */
  private pathOf(id: string): string {
    return join(this.folder, id.slice(-2), id);
  }
}

async function synced(path: string): Promise<void> {
  const handle = await open(path);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
