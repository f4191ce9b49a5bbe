import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import {
  checkFileName,
  FILE_LIMITS,
  refuseEnding,
  refuseInSlot,
  type AttachmentSlot,
  type Reason,
} from '@mach/domain';
import { ReportFileStore, type ReportFile } from '@mach/persistence';
import { Clock, IdGenerator } from '@mach/runtime';
import { ProblemException } from '../problems/problem.exception';
import type { Account } from '../session/account';
import { IncomingFiles, type IncomingFile } from './incoming-files';
import { inspectFile } from './inspecting/inspect-file';
import { FileStore } from './storing/file-store.port';

/** Files looked into at the same time: each is in memory meanwhile. */
const LOOKED_INTO_AT_MOST = 4;

/** A file on its way in. */
export interface ArrivingFile {
  readonly account: Account;
  readonly obligationId: number;
  readonly slot: AttachmentSlot;
  /** As the client says it. */
  readonly name: string;
  readonly bytes: Readable;
}

/**
 * Takes a file in: receives it piece by piece, looks into it, announces its row, stores its bytes, and only then shows it.
 * What is refused is kept nowhere; what a dying process leaves behind, the sweep removes.
 */
@Injectable()
export class TakeFileIn {
  private lookedInto = 0;

  constructor(
    private readonly incoming: IncomingFiles,
    private readonly store: FileStore,
    private readonly files: ReportFileStore,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  /** Throws `file.refused` with the reason, `server.busy`. */
  async take(arriving: ArrivingFile): Promise<ReportFile> {
    const named = checkFileName(arriving.name);
    if (!named.ok) throw refused(named.reason);
    const id = this.ids.next();
    try {
      const received = await this.incoming.receive(id, arriving.bytes);
      if (!received.ok) throw refused(received.reason);
      return await this.keep(id, named.name, arriving, received.file);
    } finally {
      await this.incoming.forget(id);
    }
  }

  private async keep(
    id: string,
    name: string,
    { account, obligationId, slot }: ArrivingFile,
    { path, size, sha256 }: IncomingFile,
  ): Promise<ReportFile> {
    const inspected = await this.lookInto(path);
    if (!inspected.ok) throw refused(inspected.reason);
    const { kind } = inspected;
    const reason = refuseInSlot(slot, kind) ?? refuseEnding(name, kind);
    if (reason !== null) throw refused(reason);
    const createdAt = this.clock.now();
    const file = {
      id,
      obligationId,
      slot: slot.code,
      name,
      kind,
      size,
      sha256,
      accountId: account.id,
      createdAt,
    };
    if (!(await this.files.announce(file))) throw refused(TOO_MANY);
    await this.store.put(id, path);
    await this.files.stored(id, createdAt);
    return { id, slot: slot.code, name, kind, size, createdAt, uploadedBy: account.displayName, sent: false };
  }

  private async lookInto(path: string): ReturnType<typeof inspectFile> {
    if (this.lookedInto >= LOOKED_INTO_AT_MOST) throw new ProblemException('server.busy', { retryAfter: 1 });
    this.lookedInto += 1;
    try {
      return await inspectFile(path);
    } finally {
      this.lookedInto -= 1;
    }
  }
}

const TOO_MANY: Reason = {
  pointer: '',
  code: 'file.tooMany',
  message: `Báo cáo này đã có ${String(FILE_LIMITS.perObligation)} tệp. Đề nghị xóa bớt tệp chưa gửi rồi tải lên lại.`,
};

function refused(reason: Reason): ProblemException {
  return new ProblemException('file.refused', { detail: reason.message, errors: [reason] });
}
