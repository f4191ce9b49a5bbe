import { Injectable } from '@nestjs/common';
import { ReportFileStore } from '@mach/persistence';
import { FileStore } from './storing/file-store.port';

/** Removes a file that is marked as deleted: first its bytes, then its row, so that a death in between loses neither. */
@Injectable()
export class RemoveFile {
  constructor(
    private readonly store: FileStore,
    private readonly files: ReportFileStore,
  ) {}

  async remove(id: string): Promise<void> {
    await this.store.remove(id);
    await this.files.removed(id);
  }
}
