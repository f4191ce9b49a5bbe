/**
 * State of a submission (lần nộp): `received` until it is decided; `superseded` when it was found right and a
 * newer one counts; `returned` when it was found right and the superior gave it back as a whole.
 */
export const SUBMISSION_STATES = ['received', 'accepted', 'superseded', 'rejected', 'returned'] as const;
export type SubmissionState = (typeof SUBMISSION_STATES)[number];
