import { join } from 'node:path';
import { Module, type DynamicModule } from '@nestjs/common';
import { SystemClock, type MachConfig } from '@mach/runtime';
import { ObligationsToReport } from '../drafts/obligation-to-report';
import { FilePace } from './file-pace';
import { FileSweep } from './file.sweep';
import { FilesAtTheDoor } from './files-at-the-door';
import { FilesController } from './files.controller';
import { IncomingFiles } from './incoming-files';
import { ObligationFilesController } from './obligation-files.controller';
import { RemoveFile } from './remove-file';
import { FileStore } from './storing/file-store.port';
import { FolderFileStore } from './storing/folder.file-store';
import { S3FileStore } from './storing/s3.file-store';
import { TakeFileIn } from './take-file-in';

/** Files that go with reports (tài liệu kèm theo). */
@Module({})
export class FilesModule {
  static forRoot({ filesDir, filesS3Url, filesS3Region }: MachConfig): DynamicModule {
    const store =
      filesS3Url === ''
        ? new FolderFileStore(join(filesDir, 'kept'))
        : new S3FileStore({ url: filesS3Url, region: filesS3Region });
    return {
      module: FilesModule,
      controllers: [ObligationFilesController, FilesController],
      providers: [
        { provide: FileStore, useValue: store },
        { provide: IncomingFiles, useValue: new IncomingFiles(join(filesDir, 'incoming')) },
        FilePace,
        FileSweep,
        FilesAtTheDoor,
        ObligationsToReport,
        RemoveFile,
        SystemClock,
        TakeFileIn,
      ],
    };
  }
}
