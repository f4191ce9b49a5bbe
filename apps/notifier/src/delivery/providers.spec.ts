import type { Pdu } from 'smpp';
import { readReceipt } from './delivery-receipts';
import { ProviderOutage } from './provider-outage';
import { ATTEMPTS, nextAttemptAt } from './retry-schedule';
import { SendWindow } from './send-window';
import { readSmppUrl } from './smpp-address';

test('retries wait longer and longer, up to a quarter of an hour, for about a day', () => {
  expect(nextAttemptAt(1, 0, 0)).toBe(5_000);
  expect(nextAttemptAt(2, 0, 0)).toBe(10_000);
  expect(nextAttemptAt(2, 1_000, 1)).toBe(1_000 + 12_000);
  expect(nextAttemptAt(50, 0, 0)).toBe(900_000);
  expect(nextAttemptAt(ATTEMPTS, 0, 0)).toBeNull();
  const whole = Array.from(
    { length: ATTEMPTS - 1 },
    (_, index) => nextAttemptAt(index + 1, 0, 0) ?? 0,
  ).reduce((sum, pause) => sum + pause, 0);
  expect(whole / 3_600_000).toBeGreaterThan(20);
});

test('a provider that is down is tried by one message at a time, less and less often, until it answers', () => {
  let now = 0;
  const outage = new ProviderOutage(() => now);
  expect(outage.mayTry()).toBe(true);
  // Sixteen messages were under way when the line broke.
  for (let i = 0; i < 16; i += 1) outage.failed();
  expect(outage.mayTry()).toBe(false);
  now = 500;
  expect([outage.mayTry(), outage.mayTry()]).toEqual([true, false]);
  outage.failed();
  now = 1_499;
  expect(outage.mayTry()).toBe(false);
  now = 1_500;
  expect(outage.mayTry()).toBe(true);
  outage.recovered();
  expect([outage.mayTry(), outage.mayTry()]).toEqual([true, true]);
});

test('the window lets so many run at once and all in the end', async () => {
  const window = new SendWindow(2);
  let running = 0;
  let most = 0;
  const results = await Promise.allSettled(
    Array.from({ length: 9 }, (_, index) =>
      window.run(async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        if (index === 3) throw new Error('broken');
        return index;
      }),
    ),
  );
  expect(most).toBe(2);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(8);
});

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
    });
    expect(readReceipt(pdu({ esm_class: 4, short_message: { message: TEXT } }))).toEqual({
      reference: 'abc-1',
      state: 'DELIVRD',
    });
  });

  test('are told from what people answer', () => {
    expect(readReceipt(pdu({ esm_class: 0, short_message: { message: TEXT } }))).toBeNull();
    expect(readReceipt(pdu({ esm_class: 4, short_message: { message: 'đã nhận' } }))).toBeNull();
  });
});
