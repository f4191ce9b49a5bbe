import type { ActView, ReviewedVersionView } from '@mach/contracts';
import type { CompiledForm } from '@mach/domain';
import type { ActRead, VersionRead } from '@mach/persistence';

export function actView(read: ActRead): ActView {
  return {
    ...read,
    at: new Date(read.at).toISOString(),
    until: read.until === null ? null : new Date(read.until).toISOString(),
  };
}

/** A version with its figures as its own form shows them. */
export function versionView(read: VersionRead, form: CompiledForm): ReviewedVersionView {
  const { version, receiptNumber, sentBy, payload, findings } = read;
  return {
    version,
    receiptNumber,
    receivedAt: new Date(read.receivedAt).toISOString(),
    sentBy,
    figures: form.show(read.figures),
    payload,
    findings,
  };
}
