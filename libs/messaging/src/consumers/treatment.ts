/** What a job has been through. */
export interface JobPast {
  /** How often its process died, or lost it, while it was in work: any job of that process may have been why. */
  readonly deaths: number;
  /** How often that happened while it was the only job in work. */
  readonly deathsAlone: number;
}

/**
 * `together`: beside others, as jobs usually run. `alone`: it may be what ends processes, so it runs with
 * nothing beside it. `poisonous`: it does end them, and is not run again.
 */
export type Treatment = 'together' | 'alone' | 'poisonous';

/** A process that dies takes all its jobs with it, most of them innocent: so many deaths prove nothing. */
const UNSUSPICIOUS_DEATHS = 3;
/** One death alone may still be the machine's, or a deployment's. */
const DEATHS_ALONE_THAT_PROVE = 5;

/**
 * How a job is run next. A valid message is never given up for the deaths of its consumer unless it died with
 * it again and again while nothing else was in work.
 */
export function treatmentOf({ deaths, deathsAlone }: JobPast): Treatment {
  if (deathsAlone >= DEATHS_ALONE_THAT_PROVE) return 'poisonous';
  return deaths > UNSUSPICIOUS_DEATHS ? 'alone' : 'together';
}
