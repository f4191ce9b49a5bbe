import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { maskPersonalData } from '@mach/runtime';
import { createTransport, type Transporter } from 'nodemailer';
import type { SentMessageInfo } from 'nodemailer/lib/smtp-pool';
import { MailSender, type MailText, type SendOutcome } from './outcome';
import { ProviderOutage } from './provider-outage';

export interface SmtpOptions {
  readonly url: string;
  readonly from: string;
  readonly connections: number;
}

/**
 * Replies about the recipient that no further try will change (RFC 5321 section 4.2.3: 550, 551, 553; 501 for
 * an address it cannot read).
 */
const REFUSED_RECIPIENT = new Set([501, 550, 551, 553]);
/** nodemailer's codes for a server that was not reached or fell silent. */
const NOT_REACHED = new Set([
  'ECONNECTION',
  'ETIMEDOUT',
  'ESOCKET',
  'EDNS',
  'ETLS',
  'EPROTOCOL',
  'ECONNREFUSED',
  'ECONNRESET',
]);

interface SmtpFault {
  readonly code: string;
  readonly responseCode: number;
  readonly command: string;
  readonly message: string;
}

/** E-mail by SMTP over a pool of kept connections. */
@Injectable()
export class SmtpSender extends MailSender implements OnApplicationShutdown {
  private readonly transport: Transporter<SentMessageInfo>;
  private readonly outage = new ProviderOutage();

  constructor(private readonly options: SmtpOptions) {
    super();
    this.transport = createTransport({
      url: options.url,
      pool: true,
      maxConnections: options.connections,
      maxMessages: 500,
      connectionTimeout: 5_000,
      greetingTimeout: 5_000,
      socketTimeout: 20_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    // The pool reports an idle connection that ended; the next message opens another.
    this.transport.on('error', () => undefined);
  }

  override async send(
    deliveryId: string,
    to: { readonly name: string; readonly address: string },
    mail: MailText,
  ): Promise<SendOutcome> {
    if (!this.outage.mayTry()) return { kind: 'unavailable', reason: 'the mail server does not answer' };
    try {
      const info = await this.transport.sendMail({
        from: this.options.from,
        to,
        ...mail,
        messageId: `<${deliveryId}@mach>`,
        // No answers of machines to a machine (RFC 3834).
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      this.outage.recovered();
      return { kind: 'sent', reference: info.messageId };
    } catch (error) {
      return this.outcomeOf(faultOf(error));
    }
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }

  private outcomeOf(fault: SmtpFault): SendOutcome {
    if (fault.command === 'RCPT TO' && REFUSED_RECIPIENT.has(fault.responseCode)) {
      this.outage.recovered();
      return { kind: 'refused', reason: fault.message };
    }
    if (fault.responseCode === 0 && NOT_REACHED.has(fault.code)) this.outage.failed();
    return { kind: 'unavailable', reason: fault.message };
  }
}

function faultOf(error: unknown): SmtpFault {
  const given = (typeof error === 'object' && error !== null ? error : {}) as Partial<SmtpFault>;
  return {
    code: given.code ?? '',
    responseCode: given.responseCode ?? 0,
    command: given.command ?? '',
    // Servers like to repeat the address; what is kept and logged does not.
    message: maskPersonalData(given.message ?? String(error)),
  };
}
