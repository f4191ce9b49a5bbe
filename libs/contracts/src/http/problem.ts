import type { Reason } from '@mach/domain';
import type { DraftConflict } from './drafts';
import type { SigningView } from './signatures';

/** RFC 9457 problem details; `type` is `urn:mach:problem:<code>`. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance?: string;
  /** Stable `<area>.<reason>` code. */
  readonly code: string;
  /** Every fault found, each with the field it is about. */
  readonly errors?: readonly Reason[];
  /** Of `draft.baseChanged`. */
  readonly draft?: DraftConflict;
  /** Of `signature.baseChanged`: what stands now. */
  readonly signing?: SigningView;
}
