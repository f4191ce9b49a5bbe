import type { Refusal } from './outcome';
import { smppRefusal } from './smpp-refusal';
import { smtpRefusal } from './smtp-refusal';

type Words = `${Refusal['about']} ${'for good' | 'for now'}`;

const said = ({ about, lasting }: Refusal): Words => `${about} ${lasting ? 'for good' : 'for now'}`;

describe('what a mail server’s refusal is about', () => {
  test.each<[command: string, response: string, Words]>([
    ['RCPT TO', '550 5.1.1 no such mailbox', 'address for good'],
    ['RCPT TO', '550 no such user', 'address for good'],
    ['RCPT TO', '553 5.1.3 bad address syntax', 'address for good'],
    ['RCPT TO', '501 malformed address', 'address for good'],
    ['RCPT TO', '550 5.2.1 mailbox disabled', 'address for good'],
    ['RCPT TO', '552 5.2.2 mailbox full', 'address for now'],
    ['RCPT TO', '450 4.2.1 mailbox busy', 'address for now'],
    ['RCPT TO', '451 4.7.1 greylisted, try again', 'address for now'],
    ['RCPT TO', '452 4.5.3 too many recipients', 'address for now'],
    ['RCPT TO', '550 5.7.1 delivery not authorized, message refused', 'address for now'],
    ['RCPT TO', '554 rejected', 'address for now'],
    ['RCPT TO', '554 5.7.1 <a@b.vn>: Relay access denied', 'configuration for good'],
    ['RCPT TO', '550 Relaying denied', 'configuration for good'],
    ['RCPT TO', "553 sorry, that domain isn't in my list of allowed rcpthosts", 'configuration for good'],
    ['RCPT TO', '530 5.7.0 Must issue a STARTTLS command first', 'configuration for good'],
    ['RCPT TO', '503 5.5.1 bad sequence', 'configuration for good'],
    ['RCPT TO', '450 4.7.1 relaying temporarily denied', 'provider for now'],
    ['RCPT TO', '451 4.3.0 queue is broken', 'provider for now'],
    ['RCPT TO', '421 4.3.2 shutting down', 'provider for now'],
    ['MAIL FROM', '550 5.7.1 sender not allowed', 'configuration for good'],
    ['MAIL FROM', '530 5.7.0 Authentication required', 'configuration for good'],
    ['MAIL FROM', '452 4.3.1 insufficient storage', 'provider for now'],
    ['MAIL FROM', '552 5.3.4 message too big', 'message for good'],
    ['DATA', '554 5.7.1 looks like spam', 'message for good'],
    ['DATA', '550 5.6.0 content rejected', 'message for good'],
    ['DATA', '552 too much mail data', 'message for good'],
    ['DATA', '451 4.7.0 try later', 'message for now'],
    ['DATA', '452 4.3.1 insufficient storage', 'provider for now'],
    ['DATA', '421 too many connections', 'provider for now'],
    ['AUTH PLAIN', '535 5.7.8 bad credentials', 'configuration for good'],
    ['AUTH PLAIN', '454 4.7.0 temporary authentication failure', 'provider for now'],
    ['STARTTLS', '502 5.5.1 command not implemented', 'configuration for good'],
    ['CONN', '554 no service for you', 'configuration for good'],
    ['CONN', '450 come back later', 'provider for now'],
  ])('%s: %s', (command, response, words) => {
    const fault = { code: 'EENVELOPE', command, response, responseCode: Number(response.slice(0, 3)) };
    expect(said(smtpRefusal(fault))).toBe(words);
  });

  test.each<[code: string, Words]>([
    ['ESOCKET', 'provider for now'],
    ['ETIMEDOUT', 'provider for now'],
    ['EDNS', 'provider for now'],
    ['', 'provider for now'],
    ['ETLS', 'configuration for good'],
    ['EAUTH', 'configuration for good'],
    ['EENVELOPE', 'address for good'],
  ])('without a reply: %s', (code, words) => {
    expect(said(smtpRefusal({ code, command: 'CONN', response: '', responseCode: 0 }))).toBe(words);
  });
});

test.each<[status: number, Words]>([
  [0x0b, 'address for good'],
  [0x01, 'message for good'],
  [0x66, 'message for good'],
  [0x14, 'provider for now'],
  [0x58, 'provider for now'],
  [0x08, 'provider for now'],
  [0x0a, 'configuration for good'],
  [0x0e, 'configuration for good'],
  [0x0101, 'configuration for good'],
  [0x45, 'message for now'],
  [0x04ff, 'message for now'],
])('what a message centre’s status %i is about', (status, words) => {
  expect(said(smppRefusal(status))).toBe(words);
});
