import { readSmtpUrl } from '../../../apps/notifier/src/delivery/providers/smtp-address';
import { SmtpSender, type SmtpTimes } from '../../../apps/notifier/src/delivery/providers/smtp.sender';
import type { Outcome } from '../../../apps/notifier/src/delivery/providers/outcome';
import { ScriptedSmtp, type SmtpMoment, type SmtpReply } from '../../support/scripted-smtp';

/** What is set is short; what must not end the attempt is far away. */
const FAR_MS = 60_000;
const FAR: SmtpTimes = { connectMs: FAR_MS, greetingMs: FAR_MS, answerMs: FAR_MS };
const SOON_MS = 100;

let server: ScriptedSmtp;
let port: number;
const senders: SmtpSender[] = [];

beforeEach(async () => {
  server = new ScriptedSmtp();
  port = await server.listen();
});

afterEach(async () => {
  for (const sender of senders.splice(0)) sender.onApplicationShutdown();
  await server.close();
});

function aSender({
  times = {},
  connections = 2,
  scheme = 'smtp',
  credentials = '',
  query = '',
  loopback = true,
}: {
  times?: Partial<SmtpTimes>;
  connections?: number;
  scheme?: string;
  credentials?: string;
  query?: string;
  loopback?: boolean;
} = {}): SmtpSender {
  const sender = new SmtpSender({
    address: readSmtpUrl(`${scheme}://${credentials}127.0.0.1:${String(port)}${query}`, () => loopback),
    from: 'Mạch <mach@haiphong.demo.invalid>',
    name: 'mach.example.invalid',
    connections,
    times: { ...FAR, ...times },
  });
  senders.push(sender);
  return sender;
}

const MAIL = { subject: 'Nhắc nộp', text: 'Kính gửi', html: '<p>Kính gửi</p>' };
const TO = { name: 'Văn thư', address: 'vanthu@haiphong.demo.invalid' };
const send = (sender: SmtpSender, id = 'a'): Promise<Outcome> => sender.send(id, TO, MAIL);
const NOT_NOW = { kind: 'refused', refusal: { about: 'provider', lasting: false } };
const NOT_US = { kind: 'refused', refusal: { about: 'configuration', lasting: true } };

test('a message is taken under the name of its delivery, by a server that is told our name', async () => {
  expect(await send(aSender())).toEqual({ kind: 'taken', reference: '<a@mach>' });
  expect(server.taken).toEqual(['a@mach']);
  expect(server.heard[0]).toBe('EHLO mach.example.invalid');
});

test('connections are kept, and there are never more than were allowed', async () => {
  const sender = aSender({ connections: 2 });
  await Promise.all(['a', 'b', 'c', 'd', 'e'].map((id) => send(sender, id)));
  await send(sender, 'f');
  expect(server.taken).toHaveLength(6);
  expect([server.connections, server.mostAtOnce]).toEqual([2, 2]);
});

test('each time-out is in force, and before the content nothing was handed over', async () => {
  // A TLS handshake that nobody answers is a connection that never stands.
  server.script = { greeting: 'silence' };
  expect(await send(aSender({ scheme: 'smtps', times: { connectMs: SOON_MS } }))).toMatchObject(NOT_NOW);
  expect(await send(aSender({ times: { greetingMs: SOON_MS } }))).toMatchObject(NOT_NOW);
  server.script = {};
  for (const moment of ['EHLO', 'MAIL', 'RCPT', 'DATA'] as const) {
    server.script = { [moment]: 'silence' };
    expect([moment, await send(aSender({ times: { answerMs: SOON_MS } }))]).toMatchObject([moment, NOT_NOW]);
  }
  expect(server.taken).toEqual([]);
});

test.each<[SmtpReply]>([['silence'], ['hang up']])(
  'after the content, %s leaves it unknown whether the message was taken',
  async (reply) => {
    server.script = { content: reply };
    expect(await send(aSender({ times: { answerMs: SOON_MS } }))).toMatchObject({ kind: 'unknown' });
    expect(server.taken).toEqual(['a@mach']);
  },
);

test.each<[SmtpMoment]>([['greeting'], ['EHLO'], ['MAIL'], ['RCPT'], ['DATA']])(
  'a line that is dropped at %s is one attempt that handed nothing over',
  async (moment) => {
    server.script = { [moment]: 'hang up' };
    expect(await send(aSender())).toMatchObject(NOT_NOW);
    expect(server.connections).toBe(1);
  },
);

test('a refusal is told by what it is about', async () => {
  const sender = aSender();
  server.script = { RCPT: '550 5.1.1 <vanthu@haiphong.demo.invalid> unknown' };
  const refused = await send(sender);
  expect(refused).toMatchObject({ kind: 'refused', refusal: { about: 'address', lasting: true } });
  expect(JSON.stringify(refused)).not.toContain('vanthu@');
  server.script = { content: '554 5.7.1 spam' };
  expect(await send(sender)).toMatchObject({ refusal: { about: 'message', lasting: true } });
  server.script = { RCPT: '554 5.7.1 Relay access denied' };
  expect(await send(sender)).toMatchObject(NOT_US);
});

test('off loopback nothing is said to a server without STARTTLS, least of all a password', async () => {
  expect(await send(aSender({ loopback: false, credentials: 'mach:secret@' }))).toMatchObject(NOT_US);
  expect(server.heard).toEqual(['EHLO mach.example.invalid', 'STARTTLS']);
  server.heard.length = 0;
  expect(await send(aSender({ loopback: false }))).toMatchObject(NOT_US);
  expect(server.heard.some((line) => line.startsWith('MAIL'))).toBe(false);
  expect(await send(aSender({ loopback: false, query: '?requireTLS=false&name=x.vn' }))).toMatchObject({
    kind: 'taken',
  });
  expect(server.heard).toContain('EHLO x.vn');
});

test('a password that is refused is about our configuration', async () => {
  server.script = { AUTH: '535 5.7.8 bad credentials' };
  expect(await send(aSender({ credentials: 'mach:wrong@' }))).toMatchObject(NOT_US);
  expect(server.heard.some((line) => line.startsWith('MAIL'))).toBe(false);
});
