import { Logger } from '@nestjs/common';
import { connect, type Pdu, type PduFields, type Session } from 'smpp';
import type { SmppAddress } from './smpp-address';
import { smppBound } from './smpp.metrics';

export interface SmppTimes {
  /** To connect. */
  readonly connectMs: number;
  /** How often the other side is asked whether it is there. */
  readonly enquireMs: number;
  /** How long it may take to answer anything. */
  readonly answerMs: number;
  readonly firstReconnectMs: number;
  readonly longestReconnectMs: number;
}

const USUAL_TIMES: SmppTimes = {
  connectMs: 5_000,
  enquireMs: 15_000,
  answerMs: 10_000,
  firstReconnectMs: 250,
  longestReconnectMs: 15_000,
};

/** What the message centre answered, or that it did not. */
export type SmppAnswer =
  | { readonly kind: 'answer'; readonly pdu: Pdu }
  | {
      readonly kind: 'none';
      /** The request went out: whether the centre acted on it is unknown. */
      readonly written: boolean;
      readonly reason: string;
    };

/** SMPP 3.4, in the bind. */
const INTERFACE_VERSION = 0x34;

type Settle = (answer: SmppAnswer) => void;

/**
 * A session with the message centre (SMPP 3.4, bound as transceiver) that keeps itself up: it asks at
 * intervals whether the other side is there (enquire_link), cuts a silent line, and binds again with a pause
 * that doubles. A request under way when the line is cut, or not answered in time, is answered `none`; an
 * answer that comes later still is handed to whoever asked for it.
 */
export class SmppSession {
  private readonly logger = new Logger(SmppSession.name);
  private session: Session | null = null;
  private bound = false;
  private refusal: string | null = null;
  private saidReason = '';
  private closing = false;
  private pause: number;
  private reconnect: NodeJS.Timeout | null = null;
  private enquiry: NodeJS.Timeout | null = null;
  private readonly waiting = new Set<Settle>();

  /** `onDeliver` takes a deliver_sm and answers the status to give back. */
  constructor(
    private readonly address: SmppAddress,
    private readonly onDeliver: (pdu: Pdu) => Promise<number>,
    private readonly times: SmppTimes = USUAL_TIMES,
  ) {
    this.pause = times.firstReconnectMs;
  }

  get isBound(): boolean {
    return this.bound;
  }

  /** Why the centre would not let us in at the last try; null when it did, or was not reached. */
  get bindRefusal(): string | null {
    return this.refusal;
  }

  open(): void {
    const { host, port, tls } = this.address;
    const session = connect({ host, port, tls });
    this.session = session;
    const patience = setTimeout(() => {
      this.lost(session, `no connection within ${String(this.times.connectMs)} ms`);
    }, this.times.connectMs);
    session.on(tls ? 'secureConnect' : 'connect', () => {
      clearTimeout(patience);
      void this.bind(session);
    });
    session.on('error', (error: Error) => {
      this.lost(session, error.message);
    });
    session.on('close', () => {
      clearTimeout(patience);
      this.lost(session, 'the line was closed');
    });
    session.on('pdu', (pdu: Pdu) => {
      if (!pdu.isResponse()) void this.answer(session, pdu);
    });
  }

  /** `onLate` takes the answer when it comes after this promise was settled without one. */
  async submit(fields: PduFields, onLate: (pdu: Pdu) => void): Promise<SmppAnswer> {
    const session = this.session;
    if (!this.bound || session === null)
      return { kind: 'none', written: false, reason: this.refusal ?? 'not bound to the message centre' };
    return this.ask((onResponse) => session.submit_sm(fields, onResponse), this.times.answerMs, onLate);
  }

  /** Says good-bye and closes the line; what is under way is answered `none`. */
  async close(): Promise<void> {
    this.closing = true;
    if (this.reconnect !== null) clearTimeout(this.reconnect);
    const session = this.session;
    if (session === null) return;
    if (this.bound) await this.ask((onResponse) => session.unbind(onResponse), 1_000);
    this.lost(session, 'the service stops');
  }

  private async bind(session: Session): Promise<void> {
    const { systemId, password } = this.address;
    const answer = await this.ask((onResponse) =>
      session.bind_transceiver(
        { system_id: systemId, password, interface_version: INTERFACE_VERSION },
        onResponse,
      ),
    );
    if (answer.kind === 'none') {
      this.lost(session, answer.reason);
      return;
    }
    if (answer.pdu.command_status !== 0) {
      this.refusal = `bind refused with status ${statusText(answer.pdu.command_status)}`;
      this.lost(session, this.refusal);
      return;
    }
    this.refusal = null;
    this.saidReason = '';
    this.bound = true;
    smppBound.set(1);
    this.pause = this.times.firstReconnectMs;
    this.logger.log(`bound to the message centre at ${this.address.host}:${String(this.address.port)}`);
    this.enquiry = setInterval(() => {
      void this.enquire(session);
    }, this.times.enquireMs);
  }

  private async enquire(session: Session): Promise<void> {
    const answer = await this.ask((onResponse) => session.enquire_link({}, onResponse));
    if (answer.kind === 'none') this.lost(session, `enquire_link: ${answer.reason}`);
  }

  private async answer(session: Session, pdu: Pdu): Promise<void> {
    if (pdu.command === 'deliver_sm')
      session.send(pdu.response({ command_status: await this.onDeliver(pdu) }));
    else session.send(pdu.response());
    if (pdu.command === 'unbind') this.lost(session, 'the message centre said good-bye');
  }

  /** Sends a request and waits for its answer, for the line to be lost, or for the time to be up. */
  private async ask(
    send: (onResponse: (pdu: Pdu) => void) => boolean,
    limitMs = this.times.answerMs,
    onLate: (pdu: Pdu) => void = () => undefined,
  ): Promise<SmppAnswer> {
    return new Promise((resolve) => {
      const settle: Settle = (answer) => {
        clearTimeout(timer);
        this.waiting.delete(settle);
        resolve(answer);
      };
      const timer = setTimeout(() => {
        settle({ kind: 'none', written: true, reason: `no answer within ${String(limitMs)} ms` });
      }, limitMs);
      this.waiting.add(settle);
      const written = send((pdu) => {
        if (this.waiting.has(settle)) settle({ kind: 'answer', pdu });
        else onLate(pdu);
      });
      if (!written) settle({ kind: 'none', written: false, reason: 'the line is cut' });
    });
  }

  private lost(session: Session, reason: string): void {
    if (this.session !== session) return;
    this.session = null;
    session.destroy();
    if (this.enquiry !== null) clearInterval(this.enquiry);
    this.enquiry = null;
    this.bound = false;
    smppBound.set(0);
    if (reason !== this.refusal) this.refusal = null;
    for (const settle of [...this.waiting]) settle({ kind: 'none', written: true, reason });
    if (this.closing) return;
    // Said once for each reason, not at each try to bind again.
    if (reason !== this.saidReason) this.logger.warn(`no session with the message centre: ${reason}`);
    this.saidReason = reason;
    this.reconnect = setTimeout(() => {
      this.open();
    }, this.pause);
    this.pause = Math.min(this.pause * 2, this.times.longestReconnectMs);
  }
}

export function statusText(status: number): string {
  return `0x${status.toString(16).padStart(8, '0')}`;
}
