import { eventually } from '../../support/eventually';
import { askForReport, plantCity } from './city';
import { RunningNotifier } from './running-notifier';

jest.setTimeout(120_000);

test('1,500 e-mails and 1,500 SMS go out within a minute, each once', async () => {
  const notifier = await RunningNotifier.start();
  try {
    const { cells } = await plantCity(notifier.dataSource, notifier.contacts, 750);
    await askForReport(notifier.dataSource, cells);
    const began = performance.now();
    const cpu = process.cpuUsage();
    await notifier.setClock('2026-11-18T08:00:00+07:00');
    await eventually(async () => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      const { email, sms } = notifier.catcher.inbox.counts();
      return email + sms >= 3_000;
    }, 60_000);
    const seconds = (performance.now() - began) / 1_000;
    const used = process.cpuUsage(cpu);
    console.log(`${((used.user + used.system) / 1e6).toFixed(1)} s of CPU, notifier and catcher together`);
    console.log(`3,000 messages in ${seconds.toFixed(1)} s (${(3_000 / seconds).toFixed(0)}/s)`);
    await notifier.settled();
    for (const channel of ['email', 'sms'] as const) {
      expect(notifier.caught(channel)).toHaveLength(1_500);
      expect(new Set(notifier.recipients(channel)).size).toBe(1_500);
    }
  } finally {
    await notifier.stop();
  }
});
