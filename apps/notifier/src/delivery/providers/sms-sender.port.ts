import type { Outcome } from './outcome';

/** Port: hands one SMS to the message centre. Never throws for what a centre may answer or leave unanswered. */
export abstract class SmsSender {
  /** Whether texts keep their accents on the way (fewer characters a message). */
  abstract readonly accented: boolean;

  /** `to` in E.164. `deliveryId` travels as far as the protocol lets it, so that a receipt finds its message. */
  abstract send(deliveryId: string, to: string, text: string): Promise<Outcome>;
}
