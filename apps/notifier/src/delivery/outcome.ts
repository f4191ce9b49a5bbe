/**
 * What became of one attempt to hand a message to a provider. `refused` is for good and about this recipient;
 * everything else that went wrong is `unavailable` and tried again: a provider that is down, slow,
 * throttling, or does not know us today.
 */
export type SendOutcome =
  | { readonly kind: 'sent'; /** The provider's own id. */ readonly reference: string }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** E-mail as composed. */
export interface MailText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Port: hands one e-mail to the mail server. Never throws for what a server may answer. */
export abstract class MailSender {
  /** `deliveryId` becomes the Message-ID, so that the same message sent twice can be told. */
  abstract send(
    deliveryId: string,
    to: { readonly name: string; readonly address: string },
    mail: MailText,
  ): Promise<SendOutcome>;
}

/** Port: hands one SMS to the message centre. Never throws for what a centre may answer. */
export abstract class SmsSender {
  /** `to` in E.164. */
  abstract send(deliveryId: string, to: string, text: string): Promise<SendOutcome>;
}
