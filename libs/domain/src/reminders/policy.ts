import type { LocalTime } from '../time';

/** Who is written to: the unit's own clerk or head, the office of the unit above it, the city office. */
export const AUDIENCES = ['clerk', 'head', 'parentOffice', 'cityOffice'] as const;
export type Audience = (typeof AUDIENCES)[number];
export const CHANNELS = ['email', 'sms'] as const;
export type Channel = (typeof CHANNELS)[number];

/** One step (nấc đôn đốc) of a reminder policy. */
export interface ReminderStep {
  /** Unique in the policy: `due_soon`, `overdue`, `escalate_parent` … */
  readonly code: string;
  /** Calendar days from the deadline's day; negative is before. */
  readonly day: number;
  readonly at: LocalTime;
  readonly audience: readonly Audience[];
  readonly channels: readonly Channel[];
}

/**
 * The step of a report that was given back (trả lại): no step of a policy, written at once to the unit's own people.
 */
export const RETURN_STEP = {
  code: 'returned',
  audience: ['clerk', 'head'],
  channels: ['email', 'sms'],
} as const satisfies Pick<ReminderStep, 'code' | 'audience' | 'channels'>;

/** When and to whom the system writes about an obligation that is not met (đôn đốc). */
export interface ReminderPolicy {
  readonly steps: readonly ReminderStep[];
  /**
   * Nobody is written to from `from` until `to` (next morning when `to` < `from`); a step that falls inside
   * is deferred to `to`, not lost.
   */
  readonly quietHours: { readonly from: LocalTime; readonly to: LocalTime } | null;
}
