import { Module } from '@nestjs/common';
import { MACH_CONFIG, type MachConfig } from '@mach/runtime';
import { DeliveryReceipts } from './providers/delivery-receipts';
import { MailSender } from './providers/mail-sender.port';
import { readSmppUrl } from './providers/smpp-address';
import { SmppSender } from './providers/smpp.sender';
import { SmsSender } from './providers/sms-sender.port';
import { readSmtpUrl } from './providers/smtp-address';
import { SmtpSender } from './providers/smtp.sender';
import { ChannelGates, SLOTS_PER_CHANNEL } from './sending/channel-gates';
import { ClaimKeeper } from './sending/claim-keeper';
import { Courier } from './sending/courier';
import { RESEND_AFTER_MS } from './sending/decide-outcome';
import { DeliveryAttempt } from './sending/delivery-attempt';
import { DeliveryClaims } from './sending/delivery-claims';
import { DeliveryRequestRows } from './sending/delivery-request-rows';
import { DeliveryRequests } from './sending/delivery-requests';
import { BacklogGauge } from './sending/delivery.metrics';
import { OutcomeRecord } from './sending/outcome-record';
import { SendDeliveryHandler } from './sending/send-delivery.handler';

@Module({
  controllers: [SendDeliveryHandler],
  providers: [
    BacklogGauge,
    ChannelGates,
    ClaimKeeper,
    Courier,
    DeliveryAttempt,
    DeliveryClaims,
    DeliveryReceipts,
    DeliveryRequestRows,
    DeliveryRequests,
    OutcomeRecord,
    {
      provide: MailSender,
      inject: [MACH_CONFIG],
      useFactory: (config: MachConfig) =>
        new SmtpSender({
          address: readSmtpUrl(config.smtpUrl),
          from: config.mailFrom,
          name: new URL(config.publicUrl).hostname,
          connections: SLOTS_PER_CHANNEL,
        }),
    },
    {
      provide: SmsSender,
      inject: [MACH_CONFIG, DeliveryReceipts],
      useFactory: (config: MachConfig, receipts: DeliveryReceipts) =>
        new SmppSender(
          {
            address: readSmppUrl(config.smppUrl),
            from: config.smsFrom,
            // The centre has let go of a message before it may come a second time.
            validityMs: RESEND_AFTER_MS,
          },
          receipts,
        ),
    },
  ],
  exports: [DeliveryRequests, MailSender, SmsSender],
})
export class DeliveryModule {}
