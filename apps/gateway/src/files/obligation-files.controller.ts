import { Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { IsString } from 'class-validator';
import type { FileListView, FileView } from '@mach/contracts';
import { FILE_LIMITS } from '@mach/domain';
import { ObligationReads, ReportFileStore } from '@mach/persistence';
import type { FastifyRequest } from 'fastify';
import { Reach } from '../directory/reach';
import { ObligationsToReport } from '../drafts/obligation-to-report';
import { StreamedBody } from '../edge/body-limit.decorator';
import { ProblemException } from '../problems/problem.exception';
import type { Account } from '../session/account';
import { CurrentAccount } from '../session/current-account.decorator';
import { AnyAccount } from '../session/roles.decorator';
import { fileView } from './file-views';
import { FilesAtTheDoor } from './files-at-the-door';

class SlotQuery {
  @IsString()
  slot!: string;
}

/** The files that go with the report of an obligation. */
@Controller('obligations/:id/files')
@AnyAccount()
export class ObligationFilesController {
  constructor(
    private readonly door: FilesAtTheDoor,
    private readonly obligationsToReport: ObligationsToReport,
    private readonly obligations: ObligationReads,
    private readonly files: ReportFileStore,
    private readonly reach: Reach,
  ) {}

  /** Whoever may see the report sees its files, sent or not. */
  @Get()
  async list(@CurrentAccount() account: Account, @Param('id') id: string): Promise<FileListView> {
    const found = /^\d{1,15}$/.test(id) ? await this.obligations.window(Number(id)) : null;
    if (found === null) throw new ProblemException('resource.notFound', { detail: 'Không có báo cáo này.' });
    await this.reach.requireReport(account, found);
    return { items: (await this.files.of(Number(id))).map(fileView) };
  }

  @Post()
  @StreamedBody(FILE_LIMITS.bytes)
  @HttpCode(201)
  async add(
    @CurrentAccount() account: Account,
    @Param('id') id: string,
    @Query() { slot }: SlotQuery,
    @Req() request: FastifyRequest,
  ): Promise<FileView> {
    const obligation = await this.obligationsToReport.find(account, id);
    return fileView(await this.door.letIn(account, obligation, slot, request));
  }
}
