import { Matches } from 'class-validator';
import { defineMessage } from './define-message';

const AN_ID = /^\d{1,19}$/;

export class ReportReturnedV1 {
  @Matches(AN_ID)
  obligationId!: string;

  /** Which return (`obligation_act`): a later one is a fact of its own. */
  @Matches(AN_ID)
  actId!: string;
}

/** A report, or some of its figures, was given back (trả lại); the unit is to hear of it. */
export const reportReturned = defineMessage({
  name: 'report.returned',
  version: 1,
  queue: 'notice',
  payload: ReportReturnedV1,
});
