import { Module } from '@nestjs/common';
import { MACH_CONFIG, type MachConfig } from '@mach/runtime';
import { Courier } from './courier';
import { BacklogGauge } from './delivery.metrics';
import { DeliveryAttempt } from './delivery-attempt';
import { DeliveryReceipts } from './delivery-receipts';
import { MailSender, SmsSender } from './outcome';
import { SendDeliveryHandler } from './send-delivery.handler';
import { SmppSender } from './smpp.sender';
import { SmtpSender } from './smtp.sender';

/**
 * Deliveries sent together. Each holds a database connection while its provider answers, so the pool of this
 * service is a few larger than this. At a quarter of a second a message that is 64 a second.
 */
export const DELIVERIES_AT_ONCE = 16;

@Module({
  controllers: [SendDeliveryHandler],
  providers: [
    Courier,
    BacklogGauge,
    DeliveryAttempt,
    DeliveryReceipts,
    {
      provide: MailSender,
      inject: [MACH_CONFIG],
      useFactory: (config: MachConfig) =>
        new SmtpSender({ url: config.smtpUrl, from: config.mailFrom, connections: DELIVERIES_AT_ONCE / 2 }),
    },
    {
      provide: SmsSender,
      inject: [MACH_CONFIG, DeliveryReceipts],
      useFactory: (config: MachConfig, receipts: DeliveryReceipts) =>
        new SmppSender({ url: config.smppUrl, from: config.smsFrom, window: DELIVERIES_AT_ONCE }, receipts),
    },
  ],
  exports: [MailSender, SmsSender],
})
export class DeliveryModule {}
