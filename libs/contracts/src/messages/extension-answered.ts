import { Matches } from 'class-validator';
import { defineMessage } from './define-message';

const AN_ID = /^\d{1,19}$/;

export class ExtensionAnsweredV1 {
  @Matches(AN_ID)
  obligationId!: string;

  /** Which answer (`obligation_act`): a unit may ask again, and is answered again. */
  @Matches(AN_ID)
  actId!: string;
}

/** A unit's request for more time (xin gia hạn) was granted or refused; the unit is to hear of it. */
export const extensionAnswered = defineMessage({
  name: 'extension.answered',
  version: 1,
  queue: 'notice',
  payload: ExtensionAnsweredV1,
});
