import type { Pdu } from 'smpp';
import { readReceipt } from './delivery-receipts';
import { idTailOf, userReference } from './message-reference';
import { readSmppUrl } from './smpp-address';
import { readSmtpUrl } from './smtp-address';

test('the message centre’s address is read from its URL', () => {
  expect(readSmppUrl('smpp://mach:p%40ss@10.0.0.1')).toEqual({
    host: '10.0.0.1',
    port: 2775,
    tls: false,
    systemId: 'mach',
    password: 'p@ss',
    accented: false,
  });
  expect(readSmppUrl('ssmpp://a:b@smsc.example:4000?accented=true')).toMatchObject({
    port: 4000,
    tls: true,
    accented: true,
  });
});

describe('the mail server’s address', () => {
  test('is read from its URL', () => {
    expect(readSmtpUrl('smtp://mach:p%40ss@mail.example?name=mach.example')).toEqual({
      host: 'mail.example',
      port: 587,
      secure: false,
      requireTls: true,
      ignoreTls: false,
      auth: { user: 'mach', pass: 'p@ss' },
      name: 'mach.example',
    });
    expect(readSmtpUrl('smtps://mail.example')).toMatchObject({
      port: 465,
      secure: true,
      requireTls: false,
      auth: null,
      name: null,
    });
    expect(readSmtpUrl('smtp://[::1]:2525')).toMatchObject({ host: '::1', port: 2525 });
  });

  test.each([
    ['smtp://127.0.0.1', { requireTls: false, ignoreTls: true }],
    ['smtp://localhost?requireTLS=true', { requireTls: true, ignoreTls: false }],
    ['smtp://mail.example', { requireTls: true, ignoreTls: false }],
    ['smtp://mail.example?requireTLS=false', { requireTls: false, ignoreTls: false }],
  ])('%s', (url, protection) => {
    expect(readSmtpUrl(url)).toMatchObject(protection);
  });

  test('never has a password sent in clear', () => {
    expect(() => readSmtpUrl('smtp://mach:secret@mail.example?requireTLS=false')).toThrow(/in clear/);
    expect(() => readSmtpUrl('smtp://mach:secret@mail.example?requireTLS=false')).not.toThrow(/secret/);
    expect(readSmtpUrl('smtp://mach:secret@127.0.0.1').auth).toEqual({ user: 'mach', pass: 'secret' });
  });
});

test('an SMS carries the tail of its delivery’s id', () => {
  expect(userReference('018f7b00-0000-7000-8000-00000000a0f3')).toBe(0xa0f3);
  expect(idTailOf(userReference('018f7b00-0000-7000-8000-00000000000c'))).toBe('000c');
});

describe('delivery receipts', () => {
  const pdu = (fields: Partial<Pdu>): Pdu => ({
    command: 'deliver_sm',
    command_status: 0,
    sequence_number: 1,
    response: () => pdu({}),
    isResponse: () => false,
    ...fields,
  });
  const TEXT =
    'id:abc-1 sub:001 dlvrd:001 submit date:2611171700 done date:2611171701 stat:DELIVRD err:000 text:Mach';

  test('are read from optional parameters or from their text', () => {
    expect(
      readReceipt(
        pdu({ esm_class: 4, receipted_message_id: 'x9', message_state: 5, short_message: { message: TEXT } }),
      ),
    ).toEqual({
      reference: 'x9',
      state: 'UNDELIV',
      userReference: null,
    });
    expect(
      readReceipt(pdu({ esm_class: 4, short_message: { message: TEXT }, user_message_reference: 12 })),
    ).toEqual({
      reference: 'abc-1',
      state: 'DELIVRD',
      userReference: 12,
    });
  });

  test('are told from what people answer', () => {
    expect(readReceipt(pdu({ esm_class: 0, short_message: { message: TEXT } }))).toBeNull();
    expect(readReceipt(pdu({ esm_class: 4, short_message: { message: 'đã nhận' } }))).toBeNull();
  });
});
