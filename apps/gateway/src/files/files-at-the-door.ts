import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { refuseByWindow, type AttachmentSlot } from '@mach/domain';
import { ObligationReads, type ReportFile } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import type { FastifyRequest } from 'fastify';
import type { ObligationToReport } from '../drafts/obligation-to-report';
import { ProblemException } from '../problems/problem.exception';
import type { Account } from '../session/account';
import { FilePace } from './file-pace';
import { TakeFileIn } from './take-file-in';

/** Decides whether a file may come in at all, before a byte of it is read. */
@Injectable()
export class FilesAtTheDoor {
  constructor(
    private readonly takeFileIn: TakeFileIn,
    private readonly obligations: ObligationReads,
    private readonly pace: FilePace,
    private readonly clock: Clock,
  ) {}

  /** Throws the problem of whatever does not hold. */
  async letIn(
    account: Account,
    obligation: ObligationToReport,
    slotCode: string,
    request: FastifyRequest,
  ): Promise<ReportFile> {
    if (!(request.body instanceof Readable)) throw new ProblemException('request.unsupportedMediaType');
    this.pace.take(account, lengthOf(request));
    const name = nameOf(request);
    const closed = refuseByWindow(obligation, this.clock.now());
    if (closed !== null)
      throw new ProblemException(closed.code, { detail: closed.message, errors: [closed] });
    const slot = await this.slot(obligation.id, slotCode);
    return this.takeFileIn.take({ account, obligationId: obligation.id, slot, name, bytes: request.body });
  }

  private async slot(obligationId: number, code: string): Promise<AttachmentSlot> {
    const detail = await this.obligations.detail(obligationId);
    const slot = detail?.form.definition.attachments?.find((each) => each.code === code);
    if (slot !== undefined) return slot;
    const message = 'Biểu mẫu của báo cáo này không có mục tài liệu kèm theo đó.';
    throw new ProblemException('request.invalid', {
      errors: [{ pointer: '/slot', code: 'file.unknownSlot', message }],
    });
  }
}

/** How many bytes are announced; a browser always says it. */
function lengthOf(request: FastifyRequest): number {
  const length = Number(request.headers['content-length'] ?? Number.NaN);
  if (Number.isSafeInteger(length) && length >= 0) return length;
  throw new ProblemException('request.malformed', { detail: 'Thiếu độ dài của tệp (Content-Length).' });
}

function nameOf(request: FastifyRequest): string {
  const header = request.headers['x-file-name'];
  try {
    if (typeof header === 'string') return decodeURIComponent(header);
  } catch {
    // Told below, like a name that is missing.
  }
  throw new ProblemException('request.malformed', {
    detail: 'Thiếu tên tệp (X-File-Name, mã hóa phần trăm), hoặc tên viết không đúng.',
  });
}
