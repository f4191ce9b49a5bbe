import type { SignatureView, SignedCommitteeView } from '@mach/contracts';
import type { CompiledForm } from '@mach/domain';
import type { RecordedSignature, SignedChild } from '@mach/persistence';
import { isVerified } from './content-hash';

/** `before`: the version that is stored before it. */
export function signatureView(
  stored: RecordedSignature,
  before: RecordedSignature | undefined,
  form: CompiledForm,
): SignatureView {
  const { version, signer, account, contentHash, counts, adjustments, findings } = stored;
  return {
    version,
    signedAt: new Date(stored.signedAt).toISOString(),
    signer,
    account,
    contentHash,
    verified: isVerified(stored, before),
    counts,
    machine: form.finish(stored.machine),
    adjustments,
    figures: form.finish(stored.accumulators),
    findings,
  };
}

export function committeeView({ unit, expected, accepted, signature }: SignedChild): SignedCommitteeView {
  return {
    unit,
    expected,
    accepted,
    signature:
      signature === null ? null : { ...signature, signedAt: new Date(signature.signedAt).toISOString() },
  };
}
