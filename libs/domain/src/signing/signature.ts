import type { Accumulators, NodeCounts } from '../rollup/rollup';
import type { RuleFinding } from '../rules/rule';
import { addDays, instantAt, type Instant, type LocalDate } from '../time';
import type { SignedAdjustment } from './adjustment';
import { canonicalJson } from './canonical-json';

/** What was on the signer's screen: the machine's figures, how complete they are, and the version signed before. */
export interface SigningBase {
  readonly formVersionId: string;
  readonly machine: Accumulators;
  readonly counts: NodeCounts;
  /** Version signed last; 0 when there is none. */
  readonly version: number;
}

/** A signed consolidated report (số liệu đã ký) of one unit for one requirement and period: frozen, one version of several. */
export interface Signature extends SigningBase {
  readonly requirementId: string;
  readonly periodId: number;
  readonly unitId: number;
  readonly adjustments: readonly SignedAdjustment[];
  /** The machine's figures with the adjustments. */
  readonly accumulators: Accumulators;
  /** Rules they break without being refused, with the reasons given. */
  readonly findings: readonly RuleFinding[];
  readonly accountId: number;
  /** The name that the signer wrote. */
  readonly signer: string;
  readonly signedAt: Instant;
  /** Hash of what was on the signer's screen. */
  readonly base: string;
  /** Hash of the version before; null for the first. */
  readonly previousHash: string | null;
}

/** The text whose SHA-256 names what was looked at. */
export function baseContent({ formVersionId, machine, counts, version }: SigningBase): string {
  return canonicalJson({ formVersionId, machine: written(machine), counts: { ...counts }, version });
}

/** The text whose SHA-256 is the content hash of a signature: everything that was signed, and by whom. */
export function signatureContent(signature: Signature): string {
  const { requirementId, periodId, unitId, version, formVersionId, accountId, signer, signedAt } = signature;
  return canonicalJson({
    requirementId,
    periodId,
    unitId,
    version,
    formVersionId,
    accountId,
    signer,
    signedAt,
    base: signature.base,
    previousHash: signature.previousHash,
    machine: written(signature.machine),
    accumulators: written(signature.accumulators),
    counts: { ...signature.counts },
    adjustments: signature.adjustments.map((adjustment) => ({ ...adjustment })),
    findings: signature.findings.map((finding) => ({ ...finding })),
  });
}

/** From when a consolidated report may be signed: when the period's data are closed (chốt số liệu). */
export function cutOffOf({ endsOn }: { readonly endsOn: LocalDate }): Instant {
  return instantAt(addDays(endsOn, 1), '00:00');
}

function written(accumulators: Accumulators): readonly (string | null)[] {
  return accumulators.map((value) => value?.toString() ?? null);
}
