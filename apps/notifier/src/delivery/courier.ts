import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '@mach/domain';
import { ContactStore, type DeliveryInHand, type OwedItem, type Transaction } from '@mach/persistence';
import { MACH_CONFIG, type MachConfig } from '@mach/runtime';
import { composeMail } from './compose-mail';
import { composeSms } from './compose-sms';
import { digestContent, type DigestContent } from './digest-content';
import { MailSender, SmsSender, type SendOutcome } from './outcome';
import { readSmppUrl } from './smpp-address';

/** Puts one message into words and hands it to the provider of its channel. */
@Injectable()
export class Courier {
  private readonly accentedSms: boolean;

  constructor(
    private readonly contacts: ContactStore,
    private readonly mail: MailSender,
    private readonly sms: SmsSender,
    @Inject(MACH_CONFIG) private readonly config: MachConfig,
  ) {
    this.accentedSms = readSmppUrl(config.smppUrl).accented;
  }

  /** `refused` also when the contact has no address for this channel any more. */
  async carry(
    tx: Transaction,
    delivery: DeliveryInHand,
    items: readonly OwedItem[],
    now: Instant,
  ): Promise<SendOutcome> {
    const [contact] = await this.contacts.byIds([delivery.contactId], tx);
    const address = delivery.channel === 'email' ? contact?.email : contact?.phone;
    if (contact === undefined || address === undefined || address === null)
      return { kind: 'refused', reason: 'the contact has no address any more' };
    const { unit } = delivery;
    const content = digestContent(
      { name: contact.name, unitId: unit.id, unitCode: unit.code, unitName: unit.name },
      items,
      now,
    );
    return delivery.channel === 'email'
      ? this.carryMail(delivery.id, contact.name, address, content)
      : this.carrySms(delivery.id, address, content);
  }

  private async carryMail(
    deliveryId: string,
    name: string,
    address: string,
    content: DigestContent,
  ): Promise<SendOutcome> {
    return this.mail.send(deliveryId, { name, address }, composeMail(content, this.config.publicUrl));
  }

  private async carrySms(deliveryId: string, number: string, content: DigestContent): Promise<SendOutcome> {
    return this.sms.send(deliveryId, number, composeSms(content, this.accentedSms));
  }
}
