import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DESKTOP, openBrowser, PHONE, signedIn } from '../support/browser/browser';
import { fillIn } from '../support/browser/fill-in';
import { eventually } from '../support/eventually';
import { ROOT } from '../support/system/processes';
import { reportUnevenly } from '../support/system/report-unevenly';
import { Person } from '../support/system/person';
import { System } from '../support/system/system';

/** `npm run screenshots`: draws the pictures of the documents anew, from a system of its own. */
const PICTURES = join(ROOT, 'docs', 'screenshots');
const PHONE_UNIT = '11218-001';

async function main(): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  const system = await System.start();
  const browser = await openBrowser();
  const draw = async (name: string, page: Awaited<ReturnType<typeof signedIn>>): Promise<void> => {
    await page.screenshot({ path: join(PICTURES, `${name}.png`) });
    process.stdout.write(`docs/screenshots/${name}.png\n`);
  };
  try {
    const cell = await signedIn(browser, system.gatewayUrl, PHONE_UNIT, PHONE);
    await cell
      .getByRole('link', { name: /^nhập báo cáo/i })
      .first()
      .click();
    await fillIn(cell);
    await cell.getByRole('button', { name: /gửi báo cáo/i }).click();
    await cell.getByText(/hợp lệ \(phiên bản 1\)/i).waitFor();
    await draw('nop-bao-cao', cell);

    await reportUnevenly(system, 9_400, PHONE_UNIT);
    const administrator = await Person.signIn(system.gatewayUrl, 'quantri');
    await administrator.put('/clock', { now: '2026-11-20T09:00:00+07:00' });
    const office = await signedIn(browser, system.gatewayUrl, 'vanphong', DESKTOP);
    await eventually(
      async () => (await office.getByTestId('count-accepted').textContent()) === '9.401',
      60_000,
    );
    await draw('theo-doi', office);
    await office.getByTestId('tile-11560').click();
    await office.getByTestId('own-state').waitFor();
    await draw('phuong', office);
  } finally {
    await browser.close();
    await system.stop();
  }
}

void main();
