import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Where in the dialogue a reply is due. `content` is the reply after the message's last dot. */
export type SmtpMoment =
  'greeting' | 'EHLO' | 'STARTTLS' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'content' | 'QUIT';

/** What the server does at a moment: a reply beginning with its code, `silence` for ever, or `hang up`. */
export type SmtpReply = `${number}${string}` | 'silence' | 'hang up';

const USUAL: Readonly<Record<SmtpMoment, SmtpReply>> = {
  greeting: '220 scripted',
  EHLO: '250-scripted\r\n250 AUTH PLAIN',
  STARTTLS: '502 5.5.1 not implemented',
  AUTH: '235 2.7.0 welcome',
  MAIL: '250 2.1.0 ok',
  RCPT: '250 2.1.5 ok',
  DATA: '354 go ahead',
  content: '250 2.0.0 taken',
  QUIT: '221 bye',
};

/** A mail server that says at each moment what a test tells it to, and remembers what it heard. */
export class ScriptedSmtp {
  /** Changes what is said, from now on. */
  script: Partial<Record<SmtpMoment, SmtpReply>> = {};
  /** How long the reply to the content takes. */
  answerAfterMs = 0;
  /** Every command line of every connection, in order. */
  readonly heard: string[] = [];
  /** Message-IDs whose content arrived whole, in order: what a real server may deliver. */
  readonly taken: string[] = [];
  connections = 0;
  mostAtOnce = 0;
  private readonly sockets = new Set<Socket>();
  private readonly server: Server = createServer((socket) => {
    this.serve(socket);
  });

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return (this.server.address() as AddressInfo).port;
  }

  /** Cuts every connection without a word. */
  drop(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.drop();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve(socket: Socket): void {
    this.connections += 1;
    this.sockets.add(socket);
    this.mostAtOnce = Math.max(this.mostAtOnce, this.sockets.size);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    let unread = '';
    let content: string[] | null = null;
    socket.on('data', (chunk: Buffer) => {
      const lines = (unread + chunk.toString('latin1')).split('\r\n');
      unread = lines.pop() ?? '';
      for (const line of lines) {
        if (content === null) {
          this.heard.push(line);
          const moment = (/^[A-Z]+/i.exec(line)?.[0].toUpperCase() ?? '') as SmtpMoment;
          if (this.say(socket, moment)?.startsWith('354') === true) content = [];
        } else if (line === '.') {
          this.taken.push(/^Message-ID: <(.*)>$/im.exec(content.join('\n'))?.[1] ?? '');
          content = null;
          if (this.answerAfterMs === 0) this.say(socket, 'content');
          else setTimeout(() => this.say(socket, 'content'), this.answerAfterMs);
        } else content.push(line);
      }
    });
    this.say(socket, 'greeting');
  }

  private say(socket: Socket, moment: SmtpMoment): SmtpReply | null {
    const reply = this.script[moment] ?? USUAL[moment];
    if (reply === 'hang up') socket.destroy();
    else if (reply !== 'silence') socket.write(`${reply}\r\n`);
    return reply;
  }
}
