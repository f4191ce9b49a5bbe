import type { AccountRole } from '../accounts/account-role';
import type { Instant } from '../time';

/**
 * Acts on an obligation that stand in its record (`obligation_act`), append-only: duyệt, trả lại, gia hạn, miễn
 * báo cáo, mở khóa.
 */
export const RECORDED_ACTS = [
  'approve',
  'return',
  'return_figures',
  'ask_extension',
  'grant_extension',
  'refuse_extension',
  'exempt',
  'lift_exemption',
  'unlock',
] as const;
export type RecordedActKind = (typeof RECORDED_ACTS)[number];

/** An act with all that is said with it; `version` is the one its actor had on the screen. */
export type RecordedAct =
  | { readonly kind: 'approve'; readonly version: number }
  | {
      readonly kind: 'return';
      readonly version: number;
      readonly reason: string;
      readonly correctBy: Instant;
    }
  | {
      readonly kind: 'return_figures';
      readonly version: number;
      /** Code of the indicator → why it is given back. */
      readonly figures: Readonly<Record<string, string>>;
      readonly correctBy: Instant;
    }
  | { readonly kind: 'ask_extension'; readonly until: Instant; readonly reason: string }
  | { readonly kind: 'grant_extension'; readonly until: Instant }
  | { readonly kind: 'refuse_extension'; readonly reason: string }
  | { readonly kind: 'exempt'; readonly reason: string }
  | { readonly kind: 'lift_exemption'; readonly reason: string }
  | { readonly kind: 'unlock'; readonly until: Instant; readonly reason: string };

/** Everything that moves a report on: what is recorded, and what submissions themselves are the record of. */
export type Act = RecordedAct | { readonly kind: 'submit' | 'accept' | 'reject' };

/**
 * As who somebody acts on an obligation: its own unit; the unit that answers for it above (the one the requirement
 * names, else the one right above); the city office; somebody else who may see it; the aggregator.
 */
export type Part = 'unit' | 'superior' | 'cityOffice' | 'other' | 'system';

/** The part an account has in an obligation. Nobody is the superior of the own unit. */
export function partOf(
  account: { readonly role: AccountRole; readonly unitId: number },
  obligation: { readonly unitId: number; readonly superiorUnitId: number | null },
): Exclude<Part, 'system'> {
  if (account.role === 'administrator') return 'other';
  if (account.unitId === obligation.unitId) return 'unit';
  if (account.unitId === obligation.superiorUnitId) return 'superior';
  return account.role === 'city_office' ? 'cityOffice' : 'other';
}

const SUPERIORS: readonly Part[] = ['superior'];
const SUPERIORS_AND_CITY: readonly Part[] = ['superior', 'cityOffice'];

/** Who may do what (ADR 0038). Whether somebody may hand in for another unit is a question of reach. */
const MAY: Readonly<Record<Act['kind'], readonly Part[]>> = {
  submit: ['unit', 'superior', 'other'],
  accept: ['system'],
  reject: ['system'],
  approve: SUPERIORS,
  return: SUPERIORS,
  return_figures: SUPERIORS,
  ask_extension: ['unit'],
  grant_extension: SUPERIORS_AND_CITY,
  refuse_extension: SUPERIORS_AND_CITY,
  exempt: SUPERIORS_AND_CITY,
  lift_exemption: SUPERIORS_AND_CITY,
  unlock: SUPERIORS_AND_CITY,
};

export function mayAct(kind: Act['kind'], by: Part): boolean {
  return MAY[kind].includes(by);
}
