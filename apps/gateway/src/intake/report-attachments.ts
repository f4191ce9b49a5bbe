import { Injectable } from '@nestjs/common';
import { checkAttachments, type AttachmentSlot, type Instant, type ReportPayload } from '@mach/domain';
import { ReportFileStore } from '@mach/persistence';
import { ProblemException } from '../problems/problem.exception';

const FORMS_REMEMBERED_AT_MOST = 2_000;

/** What a report says about files, checked at the door: nothing wrong is written down. */
@Injectable()
export class ReportAttachments {
  /** By form version, which never changes. */
  private readonly slots = new Map<string, readonly AttachmentSlot[]>();

  constructor(private readonly files: ReportFileStore) {}

  /**
   * Claims the files that the report names, so that none is deleted while it is written down. Throws
   * `request.invalid` with every reason: files of another obligation, too many, none where one is required.
   */
  async claim(
    { obligationId, formVersionId }: { readonly obligationId: number; readonly formVersionId: string },
    { attachments = [] }: ReportPayload,
    at: Instant,
  ): Promise<void> {
    const slots = this.slots.get(formVersionId) ?? (await this.read(formVersionId));
    if (slots.length === 0 && attachments.length === 0) return;
    const known = attachments.length === 0 ? [] : await this.files.claim(obligationId, attachments, at);
    const errors = checkAttachments(slots, attachments, known);
    if (errors.length > 0) throw new ProblemException('request.invalid', { errors });
  }

  private async read(formVersionId: string): Promise<readonly AttachmentSlot[]> {
    const slots = await this.files.slots(formVersionId);
    if (this.slots.size >= FORMS_REMEMBERED_AT_MOST) this.slots.clear();
    this.slots.set(formVersionId, slots);
    return slots;
  }
}
