import { AT_ONCE, type StepAtOnce } from '@mach/domain';
import type { ActToTell, NoticeToPlan, Recipient } from '@mach/persistence';
import { reaches } from './plan-notices';

/** Whom an act on their unit's report is told, over every channel that reaches them. */
export function noticesAtOnce(
  step: StepAtOnce,
  { obligationId, unitId, at }: ActToTell,
  people: readonly Recipient[],
): NoticeToPlan[] {
  return people
    .filter((person) => person.unitId === unitId && AT_ONCE.audience.includes(person.role))
    .flatMap((person) => {
      const channels = AT_ONCE.channels.filter((channel) => reaches(person, channel));
      const { contactId } = person;
      return channels.length === 0 ? [] : [{ obligationId, step, contactId, plannedFor: at, channels }];
    });
}
