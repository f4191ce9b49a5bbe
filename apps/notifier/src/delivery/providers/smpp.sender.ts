import { createHash } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { PduFields } from 'smpp';
import { DeliveryReceipts } from './delivery-receipts';
import { userReference } from './message-reference';
import type { Outcome } from './outcome';
import { smsParts } from './sms-parts';
import { SmsSender } from './sms-sender.port';
import type { SmppAddress } from './smpp-address';
import { smppRefusal } from './smpp-refusal';
import { SmppSession, statusText, type SmppTimes } from './smpp-session';

export interface SmppOptions {
  readonly address: SmppAddress;
  /** Sender shown on the telephone: a name of at most 11 letters and digits, or a number. */
  readonly from: string;
  /** How long the centre may try to deliver a message; after that it must drop it. Less than a day. */
  readonly validityMs: number;
  readonly times?: SmppTimes;
}

const TON = { international: 1, alphanumeric: 5, unknown: 0 } as const;
const NPI = { isdn: 1, unknown: 0 } as const;
const UDH_INDICATOR = 0x40;
const WANT_RECEIPT = 1;

/** SMS by SMPP 3.4 over one session that binds as transceiver. */
@Injectable()
export class SmppSender extends SmsSender implements OnApplicationBootstrap, OnApplicationShutdown {
  override readonly accented: boolean;
  private readonly session: SmppSession;

  constructor(
    private readonly options: SmppOptions,
    private readonly receipts: DeliveryReceipts,
  ) {
    super();
    this.accented = options.address.accented;
    this.session = new SmppSession(options.address, (pdu) => receipts.take(pdu), options.times);
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
  override async send(deliveryId: string, to: string, text: string): Promise<Outcome> {
    const parts = smsParts(text, createHash('sha256').update(deliveryId).digest()[0] ?? 0);
    let reference = '';
    for (const [index, message] of parts.messages.entries()) {
      const last = index === parts.messages.length - 1;
      const answer = await this.session.submit(
        {
          ...this.addresses(to),
          esm_class: parts.concatenated ? UDH_INDICATOR : 0,
          data_coding: parts.dataCoding,
          // The receipt of the last part stands for the message: the centre delivers parts in order.
          registered_delivery: last ? WANT_RECEIPT : 0,
          validity_period: relativeTime(this.options.validityMs),
          short_message: message,
          user_message_reference: userReference(deliveryId),
        },
        (late) => {
          if (last && late.command_status === 0)
            this.receipts.answeredLate(deliveryId, late.message_id ?? '');
        },
      );
      if (answer.kind === 'none') return this.withoutAnswer(answer.written, answer.reason);
      const status = answer.pdu.command_status;
      if (status !== 0)
        return {
          kind: 'refused',
          refusal: smppRefusal(status),
          reason: `the message centre answered ${statusText(status)}`,
        };
      reference = answer.pdu.message_id ?? '';
    }
    return { kind: 'taken', reference };
  }

  private withoutAnswer(written: boolean, reason: string): Outcome {
    if (written) return { kind: 'unknown', reason };
    const refused = this.session.bindRefusal !== null;
    return {
      kind: 'refused',
      refusal: { about: refused ? 'configuration' : 'provider', lasting: refused },
      reason,
    };
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

/**
 * A time from the centre's own now, whatever its clock and its zone say: `YYMMDDhhmmsstnnR` (SMPP 3.4 section
 * 7.1.1.2).
 */
function relativeTime(ms: number): string {
  const time = new Date(ms).toISOString().slice(11, 19).replaceAll(':', '');
  return `000000${time}000R`;
}
