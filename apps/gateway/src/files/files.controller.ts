import { Controller, Delete, Get, HttpCode, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { FILE_KIND_TRAITS, type FileKind } from '@mach/domain';
import { ReportFileStore, type OwnedReportFile } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { Reach } from '../directory/reach';
import { ProblemException } from '../problems/problem.exception';
import type { Account } from '../session/account';
import { CurrentAccount } from '../session/current-account.decorator';
import { AnyAccount } from '../session/roles.decorator';
import { RemoveFile } from './remove-file';
import { FileStore } from './storing/file-store.port';

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Pictures and pages whose content was looked into when they came; office files are for their own programs. */
const SHOWABLE: readonly FileKind[] = ['pdf', 'png', 'jpeg', 'webp'];

class FileQuery {
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value))
  @IsBoolean()
  shown?: boolean;
}

/** One file: its bytes, and its end while it is unsent. */
@Controller('files/:id')
@AnyAccount()
export class FilesController {
  constructor(
    private readonly files: ReportFileStore,
    private readonly store: FileStore,
    private readonly removing: RemoveFile,
    private readonly reach: Reach,
    private readonly clock: Clock,
  ) {}

  /**
   * The bytes, to be saved; with `shown`, of a kind that nothing can run in, to be looked at in a window of their own.
   */
  @Get()
  async download(
    @CurrentAccount() account: Account,
    @Param('id') id: string,
    @Query() { shown }: FileQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const file = await this.find(id);
    await this.reach.requireReport(account, file);
    const bytes = await this.store.get(file.id);
    if (bytes === null) throw new Error(`the store has no bytes of the file ${file.id}`);
    void reply.header(
      'content-disposition',
      disposition(file.name, shown === true && SHOWABLE.includes(file.kind)),
    );
    return new StreamableFile(bytes, { type: FILE_KIND_TRAITS[file.kind].mediaType, length: file.size });
  }

  @Delete()
  @HttpCode(204)
  async remove(@CurrentAccount() account: Account, @Param('id') id: string): Promise<void> {
    const file = await this.find(id);
    if (!(await this.reach.reportsFor(account, file.unitId))) throw new ProblemException('auth.forbidden');
    if (!(await this.files.markDeleted(file.id, this.clock.now()))) throw new ProblemException('file.sent');
    await this.removing.remove(file.id);
  }

  private async find(id: string): Promise<OwnedReportFile> {
    const file = ID.test(id) ? await this.files.find(id) : null;
    if (file === null) throw new ProblemException('resource.notFound', { detail: 'Không có tệp này.' });
    return file;
  }
}

/** RFC 6266: the name as it is, and for old readers one without its other letters. */
function disposition(name: string, shown: boolean): string {
  const plain = name
    .normalize('NFD')
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/["\\%]/g, '_');
  const exact = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
  return `${shown ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${exact}`;
}
