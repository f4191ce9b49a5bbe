import { Inject, Injectable } from '@nestjs/common';
import { MACH_CONFIG, type MachConfig } from '@mach/runtime';
import { composeMail } from '../composing/compose-mail';
import { composeSms } from '../composing/compose-sms';
import { digestContent } from '../composing/digest-content';
import { MailSender } from '../providers/mail-sender.port';
import type { Outcome } from '../providers/outcome';
import { SmsSender } from '../providers/sms-sender.port';
import type { ClaimedDelivery } from './delivery-claims';

/** Puts one claimed message into words and hands it to the provider of its channel. */
@Injectable()
export class Courier {
  constructor(
    private readonly mail: MailSender,
    private readonly sms: SmsSender,
    @Inject(MACH_CONFIG) private readonly config: Pick<MachConfig, 'publicUrl'>,
  ) {}

  async carry({ delivery, recipient, items, composedAt }: ClaimedDelivery): Promise<Outcome> {
    const { id, unit } = delivery;
    const content = digestContent(
      { name: recipient.name, unitId: unit.id, unitCode: unit.code, unitName: unit.name },
      items,
      composedAt,
    );
    switch (delivery.channel) {
      case 'email':
        return this.mail.send(id, recipient, composeMail(content, this.config.publicUrl));
      case 'sms':
        return this.sms.send(id, recipient.address, composeSms(content, this.sms.accented));
    }
  }
}
