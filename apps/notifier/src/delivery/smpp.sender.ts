import { createHash } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { PduFields } from 'smpp';
import { DeliveryReceipts } from './delivery-receipts';
import { SmsSender, type SendOutcome } from './outcome';
import { SendWindow } from './send-window';
import { smsParts } from './sms-parts';
import { readSmppUrl } from './smpp-address';
import { SmppSession, statusText, type SmppTimes } from './smpp-session';

export interface SmppOptions {
  readonly url: string;
  /** Sender shown on the telephone: a name of at most 11 letters and digits, or a number. */
  readonly from: string;
  /** Requests under way at once. */
  readonly window: number;
  readonly times?: SmppTimes;
}

const TON = { international: 1, alphanumeric: 5, unknown: 0 } as const;
const NPI = { isdn: 1, unknown: 0 } as const;
const UDH_INDICATOR = 0x40;
const WANT_RECEIPT = 1;
/** ESME_RINVDSTADR: the number cannot be reached by this centre, now or later. */
const INVALID_DESTINATION = 0x0b;

/** SMS by SMPP 3.4 over one session that binds as transceiver. */
@Injectable()
export class SmppSender extends SmsSender implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly session: SmppSession;
  private readonly window: SendWindow;

  constructor(
    private readonly options: SmppOptions,
    receipts: DeliveryReceipts,
  ) {
    super();
    this.session = new SmppSession(readSmppUrl(options.url), (pdu) => receipts.take(pdu), options.times);
    this.window = new SendWindow(options.window);
  }

  onApplicationBootstrap(): void {
    this.session.open();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.session.close();
  }

  get isBound(): boolean {
    return this.session.isBound;
  }

  /**
   * Sends all parts in order. When one is not taken the whole message is tried again later: its parts carry
   * the same concatenation reference again (made from the delivery's id), so a telephone that has the first
   * parts replaces them instead of showing them twice.
   */
  override async send(deliveryId: string, to: string, text: string): Promise<SendOutcome> {
    const parts = smsParts(text, createHash('sha256').update(deliveryId).digest()[0] ?? 0);
    let reference = '';
    for (const [index, message] of parts.messages.entries()) {
      const last = index === parts.messages.length - 1;
      const answer = await this.window.run(() =>
        this.session.submit({
          ...this.addresses(to),
          esm_class: parts.concatenated ? UDH_INDICATOR : 0,
          data_coding: parts.dataCoding,
          // The receipt of the last part stands for the message: the centre delivers parts in order.
          registered_delivery: last ? WANT_RECEIPT : 0,
          short_message: message,
        }),
      );
      if (answer.kind === 'none') return { kind: 'unavailable', reason: answer.reason };
      const status = answer.pdu.command_status;
      if (status === INVALID_DESTINATION)
        return {
          kind: 'refused',
          reason: `the message centre does not know this number (${statusText(status)})`,
        };
      if (status !== 0)
        return { kind: 'unavailable', reason: `the message centre answered ${statusText(status)}` };
      reference = answer.pdu.message_id ?? '';
    }
    return { kind: 'sent', reference };
  }

  private addresses(to: string): PduFields {
    const numeric = /^\+?\d+$/.test(this.options.from);
    return {
      source_addr_ton: numeric ? TON.unknown : TON.alphanumeric,
      source_addr_npi: numeric ? NPI.isdn : NPI.unknown,
      source_addr: this.options.from,
      dest_addr_ton: TON.international,
      dest_addr_npi: NPI.isdn,
      destination_addr: to.replace(/^\+/, ''),
    };
  }
}
