import type { Browser } from 'playwright-core';
import { openBrowser, PHONE, signedIn } from '../support/browser/browser';
import { fillIn } from '../support/browser/fill-in';
import { tooWide } from '../support/browser/too-wide';
import { officeFile, pdfFile } from '../support/office-files';
import { System } from '../support/system/system';

/** Files that go with a report, in Chromium: added, refused with words, taken out, and there when the report was sent. */
describe('files of a report, in Chromium', () => {
  let system: System;
  let browser: Browser;

  beforeAll(async () => {
    system = await System.start();
    browser = await openBrowser();
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await system.stop();
  });

  it('are added, refused, taken out, and sent', async () => {
    const page = await signedIn(browser, system.gatewayUrl, '11218-002', PHONE);
    await page
      .getByRole('link', { name: /^nhập (báo cáo|tiếp)/i })
      .first()
      .click();
    const input = page.getByTestId('file-van_ban');
    await input.waitFor({ state: 'attached' });
    const macros = await officeFile('docx', { more: { 'word/vbaProject.bin': 'x' } });
    await input.setInputFiles({ name: 'co-macro.docx', mimeType: '', buffer: macros });
    await page.getByRole('alert').getByText(/macro/).waitFor();

    await input.setInputFiles({ name: 'Báo cáo.pdf', mimeType: '', buffer: pdfFile() });
    await page.getByRole('link', { name: 'Báo cáo.pdf' }).waitFor();
    await input.setInputFiles({ name: 'Nhầm.pdf', mimeType: '', buffer: pdfFile() });
    await page.getByRole('button', { name: 'Bỏ tệp Nhầm.pdf' }).click();
    await page.getByRole('link', { name: 'Nhầm.pdf' }).waitFor({ state: 'detached' });
    expect(await tooWide(page)).toEqual([]);
    await page.getByText('Tài liệu kèm theo').scrollIntoViewIfNeeded();
    await page.screenshot({ path: '.mach/attachments.png' });

    await fillIn(page);
    await page.getByRole('button', { name: 'Gửi báo cáo' }).click();
    await page.getByText(/PTN-/).first().waitFor();
    await page.reload();
    await page.getByRole('link', { name: 'Báo cáo.pdf' }).waitFor();
    await page.context().close();
  }, 60_000);
});
