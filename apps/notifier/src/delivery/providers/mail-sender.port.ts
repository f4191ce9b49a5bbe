import type { Outcome } from './outcome';

/** E-mail as composed. */
export interface MailText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Port: hands one e-mail to the mail server. Never throws for what a server may answer or leave unanswered. */
export abstract class MailSender {
  /** `deliveryId` becomes the Message-ID, so that the same message sent twice can be told. */
  abstract send(
    deliveryId: string,
    to: { readonly name: string; readonly address: string },
    mail: MailText,
  ): Promise<Outcome>;
}
