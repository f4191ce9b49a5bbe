import { eventually } from '../../support/eventually';
import { askForReport, plantCity } from './city';
import { RunningNotifier } from './running-notifier';

jest.setTimeout(240_000);

test('1,500 e-mails and 1,500 SMS go out in one blow, each once', async () => {
  const notifier = await RunningNotifier.start();
  try {
    const { cells } = await plantCity(notifier.dataSource, notifier.contacts, 750);
    await askForReport(notifier.dataSource, cells);
    await notifier.setClock('2026-11-18T08:00:00+07:00');
    await eventually(async () => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      const { email, sms } = notifier.catcher.inbox.counts();
      return email + sms >= 3_000;
    }, 180_000);
    await notifier.settled();
    for (const channel of ['email', 'sms'] as const) {
      expect(notifier.caught(channel)).toHaveLength(1_500);
      expect(new Set(notifier.recipients(channel)).size).toBe(1_500);
    }
  } finally {
    await notifier.stop();
  }
});
