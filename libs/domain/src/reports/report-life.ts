import type { Reason } from '../forms/form';
import type { Instant } from '../time';
import { mayAct, type Act, type Part } from './report-act';
import { refuseByWindow } from './refusals';
import * as say from './life-refusals';

/**
 * How far the report of an obligation has come. What is `accepted` counts; where approval is asked for it is
 * provisional and under review (chờ duyệt). `returned`: nothing counts until it is corrected. `figuresReturned`:
 * everything counts except `figures` (indicator → why it was given back), which alone may be changed.
 */
export type ReportStage =
  | { readonly kind: 'draft' }
  | { readonly kind: 'rejected' }
  | { readonly kind: 'accepted' }
  | { readonly kind: 'approved' }
  | { readonly kind: 'returned'; readonly correctBy: Instant }
  | {
      readonly kind: 'figuresReturned';
      readonly figures: Readonly<Record<string, string>>;
      readonly correctBy: Instant;
    };

/** The life of one report (báo cáo của một đơn vị trong một kỳ), as far as acts depend on it. */
export interface ReportLife {
  readonly stage: ReportStage;
  /** Submissions handed in and not decided yet. */
  readonly undecided: number;
  /** Versions found right so far; the newest one is what `stage` speaks of. */
  readonly lastVersion: number;
  readonly needsApproval: boolean;
  readonly exempt: boolean;
  readonly opensAt: Instant;
  readonly firstDeadline: Instant;
  readonly deadline: Instant;
  /** Nothing is let in after this moment (khóa sau chốt), unless it is unlocked. */
  readonly closesAt: Instant;
  /** The date of an extension (gia hạn) that was asked for and is not decided. */
  readonly askedUntil: Instant | null;
}

export type Passage =
  { readonly ok: true; readonly life: ReportLife } | { readonly ok: false; readonly reason: Reason };

/** No date that an act sets is further away: a deadline typed with a wrong year must not stand. */
const FURTHEST_MS = 120 * 86_400_000;

/**
 * The one state machine of a report: what `act` makes of `life` when `by` does it at `now`, or why it may not be
 * done. What the aggregator's decision makes of it is said as `accept` and `reject`. The deadline that was given first
 * never changes.
 */
export function next(life: ReportLife, act: Act, by: Part, now: Instant): Passage {
  const reason = mayAct(act.kind, by) ? refusalOf(life, act, now) : say.notYours(act.kind);
  return reason === null ? { ok: true, life: { ...life, ...changeBy(life, act) } } : { ok: false, reason };
}

/** Whether figures of it are in the sums. */
export function counts({ stage, exempt }: Pick<ReportLife, 'stage' | 'exempt'>): boolean {
  return (
    !exempt && (stage.kind === 'accepted' || stage.kind === 'approved' || stage.kind === 'figuresReturned')
  );
}

/** Something is owed, first or corrected: what reminders are about. */
export function owes({ stage, exempt }: Pick<ReportLife, 'stage' | 'exempt'>): boolean {
  return !exempt && stage.kind !== 'accepted' && stage.kind !== 'approved';
}

/** Until when what is owed is to be handed in: what reminders are counted from. */
export function dueOf({ stage, deadline }: Pick<ReportLife, 'stage' | 'deadline'>): Instant {
  return stage.kind === 'returned' || stage.kind === 'figuresReturned' ? stage.correctBy : deadline;
}

function refusalOf(life: ReportLife, act: Act, now: Instant): Reason | null {
  switch (act.kind) {
    case 'submit':
      return refuseByWindow(life, now);
    case 'accept':
    case 'reject':
      if (life.undecided === 0) return say.nothingToDecide();
      return act.kind === 'accept' && life.exempt ? say.exempted() : null;
    case 'approve':
      return refuseApproval(life, act.version);
    case 'return':
    case 'return_figures':
      return refuseReturn(life, act, now);
    case 'ask_extension':
      return refuseAsking(life, act.until, now);
    case 'grant_extension':
      if (life.askedUntil === null) return say.extensionNotAsked();
      return act.until <= dueOf(life) || (owes(life) && act.until <= now)
        ? say.extensionNotLater(dueOf(life))
        : refuseFar('/until', act.until, now);
    case 'refuse_extension':
      return life.askedUntil === null ? say.extensionNotAsked() : null;
    case 'exempt':
      if (life.exempt) return say.exempted();
      return counts(life) ? say.reportedAlready() : null;
    case 'lift_exemption':
      return life.exempt ? null : say.notExempt();
    case 'unlock':
      if (life.exempt) return say.exempted();
      if (now <= life.closesAt) return say.notLocked(life.closesAt);
      return act.until <= now ? say.past('/until') : refuseFar('/until', act.until, now);
  }
}

function refuseApproval(life: ReportLife, version: number): Reason | null {
  const refused = refuseReview(life, version);
  if (refused !== null) return refused;
  switch (life.stage.kind) {
    case 'approved':
      return say.approvedAlready();
    case 'figuresReturned':
      return say.waitsForCorrection();
    default:
      return null;
  }
}

function refuseReturn(
  life: ReportLife,
  act: Extract<Act, { readonly kind: 'return' | 'return_figures' }>,
  now: Instant,
): Reason | null {
  const refused = refuseReview(life, act.version);
  if (refused !== null) return refused;
  if (act.kind === 'return_figures' && Object.keys(act.figures).length === 0) return say.noFigure();
  if (act.correctBy <= now) return say.past('/correctBy');
  return refuseFar('/correctBy', act.correctBy, now);
}

/** Approving and returning speak of the version that counts, and of no other. */
function refuseReview(life: ReportLife, version: number): Reason | null {
  if (!life.needsApproval) return say.needsNoApproval();
  if (life.exempt) return say.exempted();
  if (life.stage.kind === 'returned') return say.returnedAlready();
  if (!counts(life)) return say.nothingToReview();
  return version === life.lastVersion ? null : say.versionChanged(version, life.lastVersion);
}

function refuseAsking(life: ReportLife, until: Instant, now: Instant): Reason | null {
  if (life.exempt) return say.exempted();
  if (!owes(life)) return say.reportedAlready();
  if (now > life.closesAt) return refuseByWindow(life, now);
  if (life.askedUntil !== null) return say.extensionWaits();
  if (until <= dueOf(life) || until <= now) return say.extensionNotLater(dueOf(life));
  return refuseFar('/until', until, now);
}

function refuseFar(pointer: string, moment: Instant, now: Instant): Reason | null {
  return moment - now > FURTHEST_MS ? say.tooFar(pointer) : null;
}

function changeBy(life: ReportLife, act: Act): Partial<ReportLife> {
  const { stage, undecided, closesAt } = life;
  switch (act.kind) {
    case 'submit':
      return { undecided: undecided + 1 };
    case 'accept':
      return { undecided: undecided - 1, lastVersion: life.lastVersion + 1, stage: { kind: 'accepted' } };
    case 'reject':
      return {
        undecided: undecided - 1,
        stage: stage.kind === 'draft' ? { kind: 'rejected' } : stage,
      };
    case 'approve':
      return { stage: { kind: 'approved' } };
    case 'return':
      return {
        stage: { kind: 'returned', correctBy: act.correctBy },
        closesAt: Math.max(closesAt, act.correctBy),
      };
    case 'return_figures': {
      const before = stage.kind === 'figuresReturned' ? stage.figures : {};
      const figures = { ...before, ...act.figures };
      return {
        stage: { kind: 'figuresReturned', figures, correctBy: act.correctBy },
        closesAt: Math.max(closesAt, act.correctBy),
      };
    }
    case 'ask_extension':
      return { askedUntil: act.until };
    case 'grant_extension':
      return { askedUntil: null, closesAt: Math.max(closesAt, act.until), ...extended(life, act.until) };
    case 'refuse_extension':
      return { askedUntil: null };
    case 'exempt':
      return { exempt: true, askedUntil: null };
    case 'lift_exemption':
      return { exempt: false };
    case 'unlock':
      return { closesAt: act.until };
  }
}

/** What was given back has a date of its own, which moves instead of the deadline. */
function extended({ stage }: ReportLife, until: Instant): Partial<ReportLife> {
  return stage.kind === 'returned' || stage.kind === 'figuresReturned'
    ? { stage: { ...stage, correctBy: until } }
    : { deadline: until };
}
