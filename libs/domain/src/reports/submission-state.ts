/**
 * State of a submission (lần nộp): `received` until it is decided; `superseded` when it was found right and a
 * newer one counts.
 */
export const SUBMISSION_STATES = ['received', 'accepted', 'superseded', 'rejected'] as const;
export type SubmissionState = (typeof SUBMISSION_STATES)[number];
