import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { maskPersonalData } from '@mach/runtime';
import { createTransport, type Transporter } from 'nodemailer';
import type MailMessage from 'nodemailer/lib/mailer/mail-message';
import type { Options, SentMessageInfo } from 'nodemailer/lib/smtp-pool';
import { MailSender, type MailText } from './mail-sender.port';
import type { Outcome } from './outcome';
import type { SmtpAddress } from './smtp-address';
import { smtpRefusal, type SmtpFault } from './smtp-refusal';

export interface SmtpTimes {
  /** To connect, and to find the server's name. */
  readonly connectMs: number;
  readonly greetingMs: number;
  /** For every later reply. */
  readonly answerMs: number;
}

export interface SmtpOptions {
  readonly address: SmtpAddress;
  readonly from: string;
  /** Our name in EHLO when the address gives none. */
  readonly name: string;
  /** Connections kept, and so attempts under way at once. */
  readonly connections: number;
  readonly times?: SmtpTimes;
}

/**
 * RFC 5321 section 4.5.3.2 gives a server ten minutes for its last reply: whoever hangs up sooner sends the
 * message twice. nodemailer knows one time-out for all replies, so a server that falls silent earlier is waited
 * for as long. An attempt that waits holds its own connection and its own place among the channel's slots,
 * nothing else.
 */
const USUAL_TIMES: SmtpTimes = { connectMs: 5_000, greetingMs: 5_000, answerMs: 600_000 };

/** E-mail by SMTP over a pool of kept connections. */
@Injectable()
export class SmtpSender extends MailSender implements OnApplicationShutdown {
  private readonly transport: Transporter<SentMessageInfo>;
  /** Message-IDs whose content is on its way or out: without a reply, nobody knows whether they were taken. */
  private readonly handedOver = new Set<string>();

  constructor(private readonly options: SmtpOptions) {
    super();
    this.transport = createTransport(transportOptions(options));
    // The pool reports an idle connection that ended; the next message opens another.
    this.transport.on('error', () => undefined);
    this.transport.use('stream', (mail, done) => {
      this.watchContent(mail);
      done();
    });
  }

  override async send(
    deliveryId: string,
    to: { readonly name: string; readonly address: string },
    mail: MailText,
  ): Promise<Outcome> {
    const messageId = `<${deliveryId}@mach>`;
    try {
      const info = await this.transport.sendMail({
        from: this.options.from,
        to,
        ...mail,
        messageId,
        // No answers of machines to a machine (RFC 3834).
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      return { kind: 'taken', reference: info.messageId };
    } catch (error) {
      const fault = faultOf(error);
      if (fault.responseCode === 0 && this.handedOver.has(messageId))
        return { kind: 'unknown', reason: `no answer after the message was handed over: ${fault.message}` };
      return { kind: 'refused', refusal: smtpRefusal(fault), reason: fault.message };
    } finally {
      this.handedOver.delete(messageId);
    }
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }

  /** The content begins to flow when the server has answered DATA with 354, and not before. */
  private watchContent({ data, message }: MailMessage): void {
    const read = message.createReadStream.bind(message);
    message.createReadStream = (options) =>
      read(options).once('resume', () => {
        this.handedOver.add(data.messageId ?? '');
      });
  }
}

/** nodemailer ignores every option given beside `url`, so the address is taken apart for it. */
function transportOptions({ address, name, connections, times = USUAL_TIMES }: SmtpOptions): PoolOptions {
  return {
    pool: true,
    host: address.host,
    port: address.port,
    secure: address.secure,
    requireTLS: address.requireTls,
    ignoreTLS: address.ignoreTls,
    ...(address.auth === null ? {} : { auth: address.auth }),
    name: address.name ?? name,
    maxConnections: connections,
    maxMessages: 500,
    // A line that closes before the greeting is an attempt that failed, not one to repeat for ever in here.
    maxRequeues: 0,
    connectionTimeout: times.connectMs,
    dnsTimeout: times.connectMs,
    greetingTimeout: times.greetingMs,
    socketTimeout: times.answerMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** `maxRequeues` is missing in the types. */
type PoolOptions = Options & { readonly maxRequeues: number };

function faultOf(error: unknown): SmtpFault & { readonly message: string } {
  const given = (typeof error === 'object' && error !== null ? error : {}) as Partial<
    SmtpFault & { readonly message: string }
  >;
  return {
    code: given.code ?? '',
    responseCode: given.responseCode ?? 0,
    response: given.response ?? '',
    command: given.command ?? '',
    // Servers like to repeat the address; what is kept and logged does not.
    message: maskPersonalData(given.message ?? String(error)),
  };
}
