import {
  dueSteps,
  nextNoticeAt,
  pastQuietHours,
  type Audience,
  type Channel,
  type ContactRole,
  type Instant,
  type ReminderPolicy,
} from '@mach/domain';
import type { DueObligation, NextLook, NoticeToPlan, Recipient } from '@mach/persistence';

/**
 * Everyone who may be meant by an audience, by unit; the city's own office apart, because it is everybody's
 * last step.
 */
export interface Offices {
  readonly ofUnit: ReadonlyMap<number, readonly Recipient[]>;
  readonly city: readonly Recipient[];
}

export interface NoticePlan {
  readonly notices: readonly NoticeToPlan[];
  readonly looks: readonly NextLook[];
  /** Steps that reached nobody: no contact, or none with an address for the step's channels. */
  readonly unreachable: readonly { readonly obligationId: string; readonly step: string }[];
}

/**
 * What is to be written about the obligations found due, and when each is to be looked at again. Nothing is
 * owed on an obligation that is met (accepted or exempt); one whose report was rejected is still owed and
 * goes on being urged. After downtime all steps missed fall due together: each gets its row in the ledger,
 * and the person one message.
 */
export function planNotices(
  due: readonly DueObligation[],
  policies: ReadonlyMap<string, ReminderPolicy>,
  offices: Offices,
  now: Instant,
): NoticePlan {
  const notices: NoticeToPlan[] = [];
  const looks: NextLook[] = [];
  const unreachable: { obligationId: string; step: string }[] = [];
  for (const obligation of due) {
    const policy = policies.get(obligation.policyId);
    if (obligation.met || policy === undefined) {
      looks.push({ obligationId: obligation.id, at: null });
      continue;
    }
    for (const { step, at } of dueSteps(policy, obligation.deadline, obligation.nextNoticeAt, now)) {
      const written = recipientsOf(obligation, step.audience, offices).flatMap((recipient) => {
        const channels = step.channels.filter((channel) => reaches(recipient, channel));
        if (channels.length === 0) return [];
        return [
          {
            obligationId: obligation.id,
            step: step.code,
            contactId: recipient.contactId,
            plannedFor: at,
            channels,
          },
        ];
      });
      if (written.length === 0) unreachable.push({ obligationId: obligation.id, step: step.code });
      notices.push(...written);
    }
    looks.push({ obligationId: obligation.id, at: nextNoticeAt(policy, obligation.deadline, now) });
  }
  return { notices, looks, unreachable };
}

/** Policies under which nobody may be written to now: what is due under them waits for the morning. */
export function quietPolicies(policies: ReadonlyMap<string, ReminderPolicy>, now: Instant): string[] {
  return [...policies].filter(([, policy]) => pastQuietHours(policy.quietHours, now) > now).map(([id]) => id);
}

/** As which audience a contact of the reporting unit itself is written to. */
const OWN_AUDIENCE: Readonly<Record<ContactRole, Audience>> = { clerk: 'clerk', head: 'head' };

function recipientsOf(
  obligation: DueObligation,
  audience: readonly Audience[],
  offices: Offices,
): Recipient[] {
  const own = offices.ofUnit.get(obligation.unitId) ?? [];
  const parent = obligation.parentUnitId === null ? [] : (offices.ofUnit.get(obligation.parentUnitId) ?? []);
  const byAudience: Record<Audience, readonly Recipient[]> = {
    clerk: own.filter(({ role }) => OWN_AUDIENCE[role] === 'clerk'),
    head: own.filter(({ role }) => OWN_AUDIENCE[role] === 'head'),
    parentOffice: parent,
    cityOffice: offices.city,
  };
  // The parent of a committee is the city: whoever is meant twice by one step is written to once.
  return [
    ...new Map(
      audience.flatMap((kind) => byAudience[kind]).map((recipient) => [recipient.contactId, recipient]),
    ).values(),
  ];
}

export function reaches(recipient: Recipient, channel: Channel): boolean {
  switch (channel) {
    case 'email':
      return recipient.hasEmail;
    case 'sms':
      return recipient.hasPhone;
  }
}
