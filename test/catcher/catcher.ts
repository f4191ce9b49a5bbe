import { HttpView } from './http-view';
import { Inbox } from './inbox';
import { SmppCatcher } from './smpp-catcher';
import { SmtpCatcher } from './smtp-catcher';

export interface CatcherPorts {
  readonly http: number;
  readonly smtp: number;
  readonly smpp: number;
}

/** The local stand-in for the mail server and the SMS gateway: real protocols, nothing leaves the machine. */
export class Catcher {
  readonly inbox = new Inbox();
  readonly smtp = new SmtpCatcher(this.inbox);
  readonly smpp = new SmppCatcher(this.inbox);
  private readonly view = new HttpView(this.inbox);

  /** Port 0 takes any free one; the ports really listened on are answered. Rejects when a port is taken. */
  async start(ports: CatcherPorts, host = '127.0.0.1'): Promise<CatcherPorts> {
    const [http, smtp, smpp] = await Promise.all([
      this.view.listen(ports.http, host),
      this.smtp.listen(ports.smtp, host),
      this.smpp.listen(ports.smpp, host),
    ]);
    return { http, smtp, smpp };
  }

  async stop(): Promise<void> {
    await Promise.all([this.view.close(), this.smtp.close(), this.smpp.close()]);
  }
}
