import { mkdir } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { aReport } from '../support/a-report';
import { DESKTOP, openBrowser, PHONE, signedIn } from '../support/browser/browser';
import { tooWide } from '../support/browser/too-wide';
import { eventually } from '../support/eventually';
import { PERIOD, Person, REQUIREMENT } from '../support/system/person';
import { System } from '../support/system/system';

jest.setTimeout(180_000);

const COMMITTEE = '11560';

/** A committee that signs with an adjustment, in all processes and in Chromium; the city takes what it signed. */
describe('consolidated figures that are signed', () => {
  let system: System;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    system = await System.start();
    browser = await openBrowser();
    // The data of the period are closed.
    const administrator = await Person.signIn(system.gatewayUrl, 'quantri');
    await administrator.put('/clock', { now: '2026-11-16T09:00:00+07:00' });
    await send('11560-001');
    await send('11224-001');
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await system.stop();
  });

  async function send(unit: string): Promise<void> {
    const cell = await Person.signIn(system.gatewayUrl, unit);
    expect((await cell.submitAndWait(aReport(unit, {}))).state).toBe('accepted');
  }

  /** Kept to be looked at; at twice the letters too, without becoming wider than the window. */
  async function looked(name: string): Promise<void> {
    await mkdir('.mach/looked', { recursive: true });
    await page.screenshot({ path: `.mach/looked/${name}.png`, fullPage: true });
    expect(await tooWide(page)).toEqual([]);
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
    await page.evaluate(`document.documentElement.style.fontSize = '200%'`);
    expect(await tooWide(page)).toEqual([]);
    await page.evaluate(`document.documentElement.style.fontSize = ''`);
  }

  async function sessionsOf(unit: string, view: string): Promise<string> {
    await page.goto(`${system.gatewayUrl}/theo-doi/${REQUIREMENT}/${PERIOD}/${unit}?xem=${view}`);
    const figure = page.getByTestId('value-study_sessions').locator('strong').first();
    return (await figure.textContent()) ?? '';
  }

  it('by keyboard, with an adjustment, its reason and what is missing confirmed', async () => {
    page = await signedIn(browser, system.gatewayUrl, COMMITTEE, DESKTOP);
    await page.getByRole('heading', { name: 'Số liệu tạm tính' }).waitFor();
    await eventually(async () => (await sessionsOf(COMMITTEE, 'tam-tinh')) === '2');
    await page.getByRole('link', { name: 'Ký số liệu tổng hợp' }).click();
    await page.getByRole('heading', { level: 1, name: 'Ký số liệu tổng hợp' }).waitFor();
    await looked('ky-truoc');

    const sessions = page.getByTestId('adjust-study_sessions');
    await sessions.getByRole('textbox').focus();
    await page.keyboard.type('-9');
    await sessions.getByText('nhỏ hơn 0').waitFor();
    expect(await page.getByRole('button', { name: 'Ký số liệu tổng hợp' }).isDisabled()).toBe(true);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('3');
    expect(await page.getByTestId('result-study_sessions').textContent()).toBe('5');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Báo cáo giấy của chi bộ lưu động');
    await page.getByRole('checkbox').focus();
    await page.keyboard.press('Space');
    await page.getByLabel('Họ tên, chức vụ người ký').focus();
    await page.keyboard.type('Nguyễn Văn An, Bí thư');
    await looked('ky-dieu-chinh');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Đã ký phiên bản 1' }).waitFor();
    expect(await page.getByTestId('signer').textContent()).toContain('Nguyễn Văn An, Bí thư');
    await page.getByText('khớp nội dung đã lưu', { exact: true }).waitFor();
    await page.getByText('Chưa có thay đổi nào sau khi ký.').waitFor();
    await looked('ky-xong');
  });

  it('stand in the view of what is signed, there and in the city, beside what the machine has', async () => {
    await eventually(async () => (await sessionsOf(COMMITTEE, 'da-ky')) === '5');
    expect(await page.getByTestId('changed-study_sessions').locator('td').allTextContents()).toEqual([
      '2buổi',
      '5buổi',
    ]);
    await looked('xem-da-ky');
    await page.getByRole('link', { name: 'Đã duyệt', exact: true }).click();
    await page.getByRole('heading', { name: 'Số liệu đã duyệt' }).waitFor();
    await page.context().close();

    page = await signedIn(browser, system.gatewayUrl, 'vanphong', DESKTOP);
    await eventually(async () => (await sessionsOf('HP', 'da-ky')) === '7');
    expect(await sessionsOf('HP', 'tam-tinh')).toBe('4');
  });

  it('are said to have changed when a report comes after, until they are signed again', async () => {
    await send('11560-002');
    await page.goto(`${system.gatewayUrl}/ky/${REQUIREMENT}/${PERIOD}/HP`);
    await page.getByRole('heading', { name: /^Các đảng ủy trực thuộc/ }).waitFor();
    await eventually(async () => {
      await page.reload();
      const row = page.getByTestId(`committee-${COMMITTEE}`);
      await row.waitFor();
      return /Sau khi ký: \+1 báo cáo, số liệu đã thay đổi/.test((await row.textContent()) ?? '');
    });
    await looked('ky-thanh-pho');
    expect(await sessionsOf(COMMITTEE, 'da-ky')).toBe('5');
    await page.context().close();
  });

  it('are what was seen, on a phone too, when another report comes while the page is open', async () => {
    page = await signedIn(browser, system.gatewayUrl, COMMITTEE, PHONE);
    await page.goto(`${system.gatewayUrl}/ky/${REQUIREMENT}/${PERIOD}/${COMMITTEE}`);
    await page.getByText('Sau khi ký: +1 báo cáo').waitFor();
    expect(
      await page
        .getByTestId('since-signed')
        .getByTestId('changed-study_sessions')
        .locator('td')
        .allTextContents(),
    ).toEqual(['2buổi', '4buổi']);
    await looked('ky-thay-doi-dien-thoai');
    await page.getByRole('button', { name: 'Ký lại' }).click();
    await looked('ky-lai-dien-thoai');
    // Another report comes while the page is open: what is signed is what was seen.
    await send('11560-003');
    await page.getByRole('checkbox').check();
    await page.getByLabel('Họ tên, chức vụ người ký').fill('Nguyễn Văn An');
    await eventually(async () => {
      const rows = await system.sql<{ accepted: number }>(
        `select n.accepted from rollup_node n join unit u on u.id = n.unit_id where u.code = '${COMMITTEE}' and n.accepted = 3`,
      );
      return rows.length > 0;
    });
    await page.getByRole('button', { name: 'Ký số liệu tổng hợp' }).click();
    await page.getByRole('heading', { name: 'Thay đổi so với bản đã xem' }).waitFor();
    await looked('ky-412-dien-thoai');
    // One report fewer is missing: that is confirmed anew.
    expect(await page.getByRole('checkbox').isChecked()).toBe(false);
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Ký số liệu tổng hợp' }).click();
    await page.getByRole('heading', { name: 'Đã ký phiên bản 2' }).waitFor();
    await eventually(async () => (await sessionsOf(COMMITTEE, 'da-ky')) === '9');
    await looked('xem-da-ky-dien-thoai');
    await page.context().close();
  });
});
