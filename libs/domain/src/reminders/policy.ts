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
 * Steps of no policy, written at once: the unit's report was given back (trả lại), its request for more time was
 * answered (trả lời đề nghị gia hạn).
 */
export const STEPS_AT_ONCE = ['returned', 'extension_answered'] as const;
export type StepAtOnce = (typeof STEPS_AT_ONCE)[number];
/** Whom such a step is written to, and how: the unit's own people, nobody above. */
export const AT_ONCE = {
  audience: ['clerk', 'head'],
  channels: ['email', 'sms'],
} as const satisfies Pick<ReminderStep, 'audience' | 'channels'>;

/** When and to whom the system writes about an obligation that is not met (đôn đốc). */
export interface ReminderPolicy {
  readonly steps: readonly ReminderStep[];
  /**
   * Nobody is written to from `from` until `to` (next morning when `to` < `from`); a step that falls inside
   * is deferred to `to`, not lost.
   */
  readonly quietHours: { readonly from: LocalTime; readonly to: LocalTime } | null;
}
