import { BASE_CHANGED } from '@mach/domain';

/** Contained (`@>`) in the reasons of a submission that was refused because another had come between. */
export const REFUSED_FOR_BASE = JSON.stringify([{ code: BASE_CHANGED }]);
