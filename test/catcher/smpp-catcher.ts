import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createServer, type Pdu, type Server, type Session, type ShortMessage } from 'smpp';
import type { Inbox } from './inbox';

const STATUS_OK = 0;
/** The receiver could not take the receipt just now; it is offered again. */
const ESME_RX_T_APPN = 0x64;
const DELIVERY_RECEIPT = 0x04;
const DELIVERED = 2;
const RECEIPT_RETRY_MS = 300;
const RECEIPT_TRIES = 10;
/** Messages kept for tests or for their missing parts; a catcher keeps few and forgets the oldest. */
const UNFINISHED_LIMIT = 1_000;

interface Part {
  readonly reference: number;
  readonly total: number;
  readonly sequence: number;
}

function textOf(pdu: Pdu): { readonly text: string; readonly part: Part | null } {
  const body = pdu.short_message as ShortMessage;
  const text = typeof body.message === 'string' ? body.message : body.message.toString('latin1');
  const elements = Array.isArray(body.udh) ? (body.udh as readonly Buffer[]) : [];
  // 3GPP TS 23.040 9.2.3.24.1: element 0x00 carries reference, number of parts, this part's place.
  const concatenation = elements.find((element) => element[0] === 0x00 && element[1] === 0x03);
  if (concatenation === undefined) return { text, part: null };
  return {
    text,
    part: {
      reference: concatenation.readUInt8(2),
      total: concatenation.readUInt8(3),
      sequence: concatenation.readUInt8(4),
    },
  };
}

/**
 * An SMPP 3.4 message centre that delivers nothing: messages, put together from their parts, can be read in
 * the inbox.
 */
export class SmppCatcher {
  /** For tests: answer a submit_sm with this status (0: take it); a promise answers when it is settled. */
  answer: (recipient: string) => number | Promise<number> = () => STATUS_OK;
  /** For tests: answer a bind with this status. */
  bindStatus = STATUS_OK;
  /** The last bind that came. */
  lastBind: Pdu | null = null;
  /** For tests: the last messages as they came, in order. */
  readonly submitted: Pdu[] = [];
  private server: Server | null = null;
  private readonly sessions = new Set<Session>();
  private readonly unfinished = new Map<string, Map<number, string>>();

  constructor(private readonly inbox: Inbox) {}

  async listen(port: number, host: string): Promise<number> {
    const server = createServer((session) => {
      this.serve(session);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
    this.server = server;
    return (server.address() as AddressInfo).port;
  }

  get sessionCount(): number {
    return this.sessions.size;
  }

  /** For tests: cut every session as a network does, without a word. */
  dropSessions(): void {
    for (const session of this.sessions) session.destroy();
  }

  async close(): Promise<void> {
    const server = this.server;
    this.server = null;
    if (server === null) return;
    this.dropSessions();
    await new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
    });
  }

  private serve(session: Session): void {
    this.sessions.add(session);
    session.on('close', () => this.sessions.delete(session));
    session.on('error', () => {
      session.destroy();
    });
    session.on('pdu', (pdu: Pdu) => {
      if (pdu.isResponse()) return;
      switch (pdu.command) {
        case 'submit_sm':
          void this.take(session, pdu);
          break;
        case 'bind_transceiver':
        case 'bind_transmitter':
        case 'bind_receiver':
          this.lastBind = pdu;
          session.send(
            pdu.response(
              this.bindStatus === STATUS_OK
                ? { system_id: 'mach-catcher' }
                : { command_status: this.bindStatus },
            ),
          );
          break;
        case 'unbind':
          session.send(pdu.response());
          session.close();
          break;
        default:
          session.send(pdu.response());
      }
    });
  }

  private async take(session: Session, pdu: Pdu): Promise<void> {
    const recipient = pdu.destination_addr ?? '';
    this.submitted.push(pdu);
    if (this.submitted.length > UNFINISHED_LIMIT) this.submitted.shift();
    const answer = this.answer(recipient);
    // Parts of one message stay in order: only what is to wait waits.
    const status = typeof answer === 'number' ? answer : await answer;
    if (status !== STATUS_OK) {
      session.send(pdu.response({ command_status: status }));
      return;
    }
    const messageId = randomUUID();
    this.keep(pdu, recipient, messageId);
    session.send(pdu.response({ message_id: messageId }));
    if (((pdu.registered_delivery ?? 0) & 1) === 1) this.report(session, pdu, messageId, RECEIPT_TRIES);
  }

  private keep(pdu: Pdu, recipient: string, messageId: string): void {
    const { text, part } = textOf(pdu);
    const from = pdu.source_addr ?? '';
    const add = (whole: string, segments: number): void => {
      this.inbox.add({
        channel: 'sms',
        from,
        to: recipient,
        subject: '',
        text: whole,
        html: null,
        reference: messageId,
        segments,
        dataCoding: pdu.data_coding ?? 0,
      });
    };
    if (part === null) {
      add(text, 1);
      return;
    }
    const key = `${from}>${recipient}#${String(part.reference)}/${String(part.total)}`;
    const parts = this.unfinished.get(key) ?? new Map<number, string>();
    parts.set(part.sequence, text);
    if (parts.size < part.total) {
      this.unfinished.set(key, parts);
      const oldest = this.unfinished.keys().next().value;
      if (this.unfinished.size > UNFINISHED_LIMIT && oldest !== undefined) this.unfinished.delete(oldest);
      return;
    }
    this.unfinished.delete(key);
    add(
      [...parts]
        .sort(([a], [b]) => a - b)
        .map(([, segment]) => segment)
        .join(''),
      part.total,
    );
  }

  private report(session: Session, pdu: Pdu, messageId: string, tries: number): void {
    const at = new Date().toISOString().replace(/\D/g, '').slice(2, 12);
    session.deliver_sm(
      {
        source_addr: pdu.destination_addr ?? '',
        destination_addr: pdu.source_addr ?? '',
        esm_class: DELIVERY_RECEIPT,
        data_coding: 0,
        short_message: Buffer.from(
          `id:${messageId} sub:001 dlvrd:001 submit date:${at} done date:${at} stat:DELIVRD err:000 text:`,
          'latin1',
        ),
        receipted_message_id: messageId,
        message_state: DELIVERED,
        ...(pdu.user_message_reference === undefined
          ? {}
          : { user_message_reference: pdu.user_message_reference }),
      },
      (response) => {
        if (response.command_status !== ESME_RX_T_APPN || tries <= 1 || !this.sessions.has(session)) return;
        setTimeout(() => {
          this.report(session, pdu, messageId, tries - 1);
        }, RECEIPT_RETRY_MS).unref();
      },
    );
  }
}
