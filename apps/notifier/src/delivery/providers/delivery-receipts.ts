import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import type { Pdu } from 'smpp';
import { DeliveryStore } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { idTailOf } from './message-reference';

const STATUS_OK = 0;
/** Temporary fault of the receiver: the message centre is to offer the receipt again. */
const ESME_RX_T_APPN = 0x64;
/** esm_class bits 2–5 say what kind of message a deliver_sm is; 0001 is the centre's receipt. */
const KIND_MASK = 0x3c;
const RECEIPT_KIND = 0x04;
/** A receipt may be faster than the commit of the delivery it is about. */
const PAUSES_MS = [100, 400, 1_500];

const STATES = [
  'SCHEDULED',
  'ENROUTE',
  'DELIVRD',
  'EXPIRED',
  'DELETED',
  'UNDELIV',
  'ACCEPTD',
  'UNKNOWN',
  'REJECTD',
  'SKIPPED',
];
/** A message whose telephone was not reached within its validity is tried again after this pause, so often. */
const SWITCHED_OFF_PAUSE_MS = 30 * 60_000;
const SWITCHED_OFF_TRIES = 24;
const FINAL_FAILURES = new Set(['EXPIRED', 'DELETED', 'UNDELIV', 'REJECTD', 'SKIPPED']);

export interface Receipt {
  readonly reference: string;
  /** As in the receipt's text: `DELIVRD`, `UNDELIV` … */
  readonly state: string;
  /** Our own reference for the message, where a centre gives it back. */
  readonly userReference: number | null;
}

/**
 * Reads a delivery receipt from its optional parameters, or from its text where a centre sends none (SMPP 3.4
 * Appendix B). Null: no receipt.
 */
export function readReceipt(pdu: Pdu): Receipt | null {
  if (((pdu.esm_class ?? 0) & KIND_MASK) !== RECEIPT_KIND) return null;
  const body = pdu.short_message;
  const content = typeof body === 'object' && 'message' in body ? body.message : body;
  const text = typeof content === 'string' ? content : (content?.toString('latin1') ?? '');
  const reference = pdu.receipted_message_id ?? /\bid:(\S+)/.exec(text)?.[1];
  const state =
    (pdu.message_state === undefined ? undefined : STATES[pdu.message_state]) ??
    /\bstat:(\w+)/.exec(text)?.[1];
  return reference === undefined || state === undefined
    ? null
    : { reference, state, userReference: pdu.user_message_reference ?? null };
}

/** Writes down what the message centre reports about SMS it took. */
@Injectable()
export class DeliveryReceipts implements BeforeApplicationShutdown {
  private readonly logger = new Logger(DeliveryReceipts.name);
  private stopping = false;

  constructor(
    private readonly deliveries: DeliveryStore,
    private readonly clock: Clock,
  ) {}

  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  /**
   * Takes a deliver_sm and answers its status. A receipt is acknowledged when it is written; one that cannot
   * be written, or belongs to nothing known yet, is to be offered again. What is no receipt (someone answered
   * an SMS) is acknowledged and goes nowhere: this system does not read replies.
   */
  async take(pdu: Pdu): Promise<number> {
    const receipt = readReceipt(pdu);
    if (receipt === null) return STATUS_OK;
    const delivered = receipt.state === 'DELIVRD';
    if (!delivered && !FINAL_FAILURES.has(receipt.state)) return STATUS_OK;
    for (const pause of [0, ...PAUSES_MS]) {
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
      if (this.stopping) return ESME_RX_T_APPN;
      try {
        if (receipt.state === 'EXPIRED' && (await this.triesAgain(receipt))) return STATUS_OK;
        const known = await this.deliveries.receipt({
          reference: receipt.reference,
          idTail: receipt.userReference === null ? null : idTailOf(receipt.userReference),
          delivered,
          detail: `message centre: ${receipt.state}`,
        });
        if (known) return STATUS_OK;
      } catch (error) {
        this.sayUnwritten(error);
        return ESME_RX_T_APPN;
      }
    }
    return ESME_RX_T_APPN;
  }

  /**
   * The centre's answer to a message came after it was given up: it was taken after all. When this cannot be
   * written the delivery stays unknown, as if the answer had been lost.
   */
  answeredLate(deliveryId: string, reference: string): void {
    this.deliveries.takenLate(deliveryId, reference, this.clock.now()).catch((error: unknown) => {
      this.sayUnwritten(error);
    });
  }

  /** A telephone that was switched off is no wrong number: what is owed then is said again, for about a day. */
  private triesAgain({ reference }: Receipt): Promise<boolean> {
    return this.deliveries.expired(reference, this.clock.now() + SWITCHED_OFF_PAUSE_MS, SWITCHED_OFF_TRIES);
  }

  private sayUnwritten(error: unknown): void {
    this.logger.warn(
      `what the message centre said could not be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
