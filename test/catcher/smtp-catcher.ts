import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Inbox } from './inbox';

/** An SMTP server that delivers nothing: what arrives can be read in the inbox. */
export class SmtpCatcher {
  /** For tests: answer a recipient with an SMTP refusal such as `{ code: 550, text: 'no such mailbox' }`. */
  refuse: (recipient: string) => { readonly code: number; readonly text: string } | null = () => null;
  private server: SMTPServer | null = null;

  constructor(private readonly inbox: Inbox) {}

  async listen(port: number, host: string): Promise<number> {
    const server = new SMTPServer({
      banner: 'Mach catcher',
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      disableReverseLookup: true,
      closeTimeout: 200,
      onAuth: (auth, _session, done) => {
        done(null, { user: auth.username ?? 'anyone' });
      },
      onRcptTo: (address, _session, done) => {
        const refusal = this.refuse(address.address);
        if (refusal === null) done();
        else done(Object.assign(new Error(refusal.text), { responseCode: refusal.code }));
      },
      onData: (stream, session, done) => {
        this.take(stream, session).then(
          () => {
            done();
          },
          (error: unknown) => {
            done(error instanceof Error ? error : new Error(String(error)));
          },
        );
      },
    });
    // A client that goes away in the middle is nothing to a catcher.
    server.on('error', () => undefined);
    await new Promise<void>((resolve, reject) => {
      server.server.once('error', reject);
      server.listen(port, host, () => {
        server.server.off('error', reject);
        resolve();
      });
    });
    this.server = server;
    return (server.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const server = this.server;
    this.server = null;
    if (server === null) return;
    await new Promise<void>((resolve) => {
      server.close(resolve);
    });
  }

  private async take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const mail = await PostalMime.parse(Buffer.concat(chunks));
    for (const recipient of session.envelope.rcptTo) {
      this.inbox.add({
        channel: 'email',
        from: session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address,
        to: recipient.address,
        subject: mail.subject ?? '',
        text: mail.text ?? '',
        html: mail.html ?? null,
        reference: mail.messageId ?? '',
        segments: 1,
        dataCoding: null,
      });
    }
  }
}
