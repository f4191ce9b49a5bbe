import { RETURN_STEP } from '@mach/domain';
import type { NoticeToPlan, Recipient, ReturnToTell } from '@mach/persistence';
import { reaches } from './plan-notices';

/** Whom a return is told, over every channel that reaches them: the unit's own people, nobody above. */
export function noticesOfReturn(
  { obligationId, unitId, at }: ReturnToTell,
  people: readonly Recipient[],
): NoticeToPlan[] {
  return people
    .filter((person) => person.unitId === unitId && RETURN_STEP.audience.includes(person.role))
    .flatMap((person) => {
      const channels = RETURN_STEP.channels.filter((channel) => reaches(person, channel));
      if (channels.length === 0) return [];
      return [
        { obligationId, step: RETURN_STEP.code, contactId: person.contactId, plannedFor: at, channels },
      ];
    });
}
