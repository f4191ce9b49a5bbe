import { Controller, Get, HttpCode, Param, Post, Query, Req, StreamableFile } from '@nestjs/common';
import {
  IMPORT_MEDIA_TYPES,
  type ImportListView,
  type ImportRowsView,
  type ImportView,
} from '@mach/contracts';
import { ImportReads, type ImportRead } from '@mach/persistence';
import { Reach } from '../directory/reach';
import { FileBody, mediaTypeOf, type FileRequest } from '../edge/file-body.decorator';
import { ProblemException } from '../problems/problem.exception';
import type { Account } from '../session/account';
import { CurrentAccount } from '../session/current-account.decorator';
import { Roles } from '../session/roles.decorator';
import { IMPORT_BYTES } from './import-files';
import { ImportResultQuery, ImportRowsQuery, NewImportQuery } from './import-query';
import { ImportResults } from './import-results';
import { ImportRows } from './import-rows';
import { ImportTables } from './import-tables';
import { importRowView, importSummaryView, importView } from './import-views';

const SHOWN_AT_MOST = 50;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Tables of reports: handed in, looked at as a dry run, applied. Only committees report for others. */
@Controller('imports')
@Roles('administrator', 'city_office', 'committee')
export class ImportsController {
  constructor(
    private readonly tables: ImportTables,
    private readonly reads: ImportReads,
    private readonly importRows: ImportRows,
    private readonly results: ImportResults,
    private readonly reach: Reach,
  ) {}

  /** Stores the table; its dry run follows and is read at `GET /imports/:id`. */
  @Post()
  @Roles('committee')
  @FileBody(IMPORT_BYTES, Object.keys(IMPORT_MEDIA_TYPES))
  @HttpCode(202)
  async take(
    @CurrentAccount() account: Account,
    @Query() query: NewImportQuery,
    @Req() request: FileRequest,
  ): Promise<ImportView> {
    if (!Buffer.isBuffer(request.body)) throw new ProblemException('request.unsupportedMediaType');
    return this.view(
      await this.found(account, await this.tables.take(account, query, mediaTypeOf(request), request.body)),
    );
  }

  @Get()
  async list(@CurrentAccount() account: Account): Promise<ImportListView> {
    const unitIds = await this.reach.unitIds(account, null);
    return { items: (await this.reads.newest(unitIds, SHOWN_AT_MOST)).map(importSummaryView) };
  }

  @Get(':id')
  async detail(@CurrentAccount() account: Account, @Param('id') id: string): Promise<ImportView> {
    return this.view(await this.found(account, id));
  }

  @Get(':id/rows')
  async rows(
    @CurrentAccount() account: Account,
    @Param('id') id: string,
    @Query() { show, after, limit }: ImportRowsQuery,
  ): Promise<ImportRowsView> {
    const one = await this.found(account, id);
    const verdicts = show === 'all' || show === 'troubled' ? null : [show];
    // One more than asked for tells whether there is another page.
    const read = await this.importRows.of(one, {
      verdicts,
      troubled: show === 'troubled',
      after,
      limit: limit + 1,
    });
    const shown = read.slice(0, limit);
    return {
      items: shown.map(importRowView),
      next: read.length > limit ? (shown.at(-1)?.rowNo ?? null) : null,
    };
  }

  /** `202`: applying has begun, or had begun before. */
  @Post(':id/apply')
  @Roles('committee')
  @HttpCode(202)
  async apply(@CurrentAccount() account: Account, @Param('id') id: string): Promise<ImportView> {
    await this.found(account, id);
    await this.tables.apply(account, id);
    const after = await this.found(account, id);
    if (after.state !== 'applying' && after.state !== 'applied')
      throw new ProblemException('import.notReady');
    return this.view(after);
  }

  /** Nothing more is sent; reports that have their receipt stay. */
  @Post(':id/cancel')
  @Roles('committee')
  @HttpCode(200)
  async cancel(@CurrentAccount() account: Account, @Param('id') id: string): Promise<ImportView> {
    await this.found(account, id);
    if (!(await this.tables.cancel(id))) throw new ProblemException('import.over');
    return this.view(await this.found(account, id));
  }

  /** A row for each row of the table: what became of it, its receipt number, why. */
  @Get(':id/result')
  async result(
    @CurrentAccount() account: Account,
    @Param('id') id: string,
    @Query() { format }: ImportResultQuery,
  ): Promise<StreamableFile> {
    return this.results.of(await this.found(account, id), format);
  }

  private async found(account: Account, id: string): Promise<ImportRead> {
    const read = UUID.test(id) ? await this.reads.byId(id) : null;
    if (read === null)
      throw new ProblemException('resource.notFound', { detail: 'Không có lần nhập tệp này.' });
    await this.reach.require(account, read.unitId);
    return read;
  }

  private async view(read: ImportRead): Promise<ImportView> {
    return importView(read, await this.reads.counts(read.id));
  }
}
