import type { ObligationDetailView } from '@mach/contracts';
import type { Browser, Page } from 'playwright-core';
import { DESKTOP, openBrowser, PHONE, signedIn } from '../support/browser/browser';
import { fillIn } from '../support/browser/fill-in';
import { eventually } from '../support/eventually';
import { Person } from '../support/system/person';
import { System } from '../support/system/system';
import { aReport } from '../support/a-report';

/** Filling in a report in Chromium: what a clerk's hands do, and what must not happen to the figures. */
describe('entering a report, in Chromium', () => {
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

  async function openReport(unit: string, viewport = PHONE): Promise<Page> {
    const page = await signedIn(browser, system.gatewayUrl, unit, viewport);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page
      .getByRole('link', { name: /^nhập (báo cáo|tiếp)/i })
      .first()
      .click();
    await page.getByTestId('figure-study_sessions').waitFor();
    return page;
  }

  async function paste(page: Page, ref: string, text: string): Promise<void> {
    await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
    await page.getByTestId(`figure-${ref}`).focus();
    await page.keyboard.press('Control+V');
  }

  const valueOf = (page: Page, ref: string): Promise<string> =>
    page.getByTestId(`figure-${ref}`).inputValue();

  it('gives each pasted cell its own field, and refuses with words what does not fit', async () => {
    const page = await openReport('11218-002');
    await paste(page, 'study_sessions', '2\t45\t52\r\n');
    expect(await valueOf(page, 'study_sessions')).toBe('2');
    expect(await valueOf(page, 'study_attendance-numerator')).toBe('45');
    expect(await valueOf(page, 'study_attendance-denominator')).toBe('52');
    await page.getByText('Đã dán 3 giá trị').waitFor();

    await paste(page, 'broadcasts', '4\nbốn\n6');
    await page.getByText(/Giá trị thứ 2 «bốn».*Chưa dán vào ô nào/).waitFor();
    expect(await valueOf(page, 'broadcasts')).toBe('');

    await paste(page, 'spending', '1,5\t2');
    await page.getByText(/dán 2 giá trị.*chỉ còn 1 ô\./).waitFor();
    expect(await valueOf(page, 'spending')).toBe('');
    await page.context().close();
  }, 30_000);

  it('says under the field how money is understood, and does not guess at 2,000', async () => {
    const page = await openReport('11218-002');
    const reading = page.getByTestId('reading-spending');
    await page.getByTestId('figure-spending').fill('1.5');
    expect(await reading.textContent()).toBe('= 1,5 triệu đồng (1.500.000 đồng)');
    await page.getByTestId('figure-spending').fill('1.500');
    expect(await reading.textContent()).toBe('= 1.500 triệu đồng (1.500.000.000 đồng)');
    await page.getByTestId('figure-articles').fill('2,000');
    await page.getByTestId('figure-articles').blur();
    await page.getByText(/không rõ là hàng nghìn hay phần lẻ/).waitFor();
    expect(await valueOf(page, 'articles')).toBe('2,000');
    await page.context().close();
  }, 30_000);

  it('goes on by Enter and sends by its button only', async () => {
    const page = await openReport('11218-003');
    await fillIn(page);
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(request.url());
    });
    await page.getByTestId('figure-inspections-denominator').press('Enter');
    expect(await page.evaluate('document.activeElement.dataset.testid')).toBe('figure-spending');
    await page.getByTestId('figure-spending').press('Enter');
    expect(await page.evaluate('document.activeElement.dataset.testid')).toBe('narrative-results');
    await page.getByTestId('narrative-difficulties').press('Enter');
    expect(await page.getByTestId('narrative-difficulties').inputValue()).toBe('\n');
    expect(await page.getByTestId('receipt-number').count()).toBe(0);
    expect(sent).toEqual([]);
    await page.getByRole('button', { name: 'Gửi báo cáo' }).click();
    await page.getByText(/hợp lệ \(phiên bản 1\)/i).waitFor();
    expect(sent).toHaveLength(1);
    await page.context().close();
  }, 30_000);

  it('keeps what was typed over going back, and shows it as unsent in the list', async () => {
    const page = await openReport('11218-004');
    await page.getByTestId('figure-articles').fill('7');
    await page.getByRole('link', { name: 'Báo cáo của tôi' }).first().click();
    await page.getByTestId('draft-mark').waitFor();
    expect(await page.getByTestId('draft-mark').textContent()).toMatch(/bản nháp chưa gửi/i);
    await page.getByRole('link', { name: /^nhập tiếp/i }).click();
    expect(await valueOf(page, 'articles')).toBe('7');
    await page.getByText('Đang dùng bản nháp').waitFor();
    await fillIn(page);
    await page.getByRole('button', { name: 'Gửi báo cáo' }).click();
    await page.getByText(/hợp lệ \(phiên bản 1\)/i).waitFor();
    await page.getByRole('link', { name: 'Về danh sách báo cáo' }).click();
    await page.getByText('Hợp lệ, chờ duyệt').waitFor();
    expect(await page.getByTestId('draft-mark').count()).toBe(0);
    await page.context().close();
  }, 30_000);

  it('shows both reports when another came between, and lets the person choose', async () => {
    const unit = '11218-005';
    const cell = await openReport(unit);
    const ward = await Person.signIn(system.gatewayUrl, '11218');
    await fillIn(cell);
    expect((await ward.submitAndWait(aReport(unit, { articles: '99' }))).state).toBe('accepted');

    await cell.getByRole('button', { name: 'Gửi báo cáo' }).click();
    const choice = cell.getByTestId('conflict');
    await choice.waitFor();
    expect(await cell.getByTestId('conflict-articles').getByRole('cell').allTextContents()).toEqual([
      '99',
      '1',
    ]);
    expect(await choice.textContent()).toContain('Đảng ủy');
    const latest = async (): Promise<ObligationDetailView['latest']> => (await ward.obligation(unit)).latest;
    expect((await latest())?.payload.figures['articles']).toBe('99');

    // Closing the page does not make the choice.
    await cell.reload();
    await choice.waitFor();
    await cell.getByRole('button', { name: 'Gửi bản của tôi để thay' }).click();
    await cell.getByText(/hợp lệ \(phiên bản 2\)/i).waitFor();
    expect((await latest())?.payload.figures['articles']).toBe('1');

    await ward.submitAndWait({
      ...aReport(unit, { articles: '98' }),
      basedOn: (await latest())?.status.receiptNumber ?? '',
    });
    await cell.getByTestId('figure-articles').fill('5');
    await cell.getByRole('button', { name: 'Gửi bản đính chính' }).click();
    await choice.waitFor();
    await cell.getByRole('button', { name: 'Giữ bản đã ghi nhận' }).click();
    await eventually(async () => (await valueOf(cell, 'articles')) === '98');
    await cell.reload();
    await cell.getByText(/hợp lệ \(phiên bản 3\)/i).waitFor();
    expect(await valueOf(cell, 'articles')).toBe('98');
    expect(await choice.count()).toBe(0);
    await cell.context().close();
  }, 60_000);

  it('finds the list as it was filtered after opening a report and coming back', async () => {
    const ward = await Person.signIn(system.gatewayUrl, '11560');
    await ward.submitAndWait(aReport('11560-004', {}));
    const page = await signedIn(browser, system.gatewayUrl, '11560', DESKTOP);
    await page.getByRole('link', { name: 'Báo cáo của tôi' }).click();
    await page.getByLabel('Tìm đơn vị').fill('to dan pho so 2');
    await page.getByLabel('Trạng thái').selectOption('open');
    await page.getByLabel('Xếp theo').selectOption('ten');
    const found = await page.getByRole('status').textContent();
    const address = page.url();
    expect(new URL(address).searchParams.get('tim')).toBe('to dan pho so 2');
    await page
      .getByRole('link', { name: /tổ dân phố số 2/i })
      .first()
      .click();
    await page.getByTestId('figure-study_sessions').waitFor();
    await page.getByRole('navigation', { name: 'Đường dẫn' }).getByRole('link').click();
    await page.getByLabel('Tìm đơn vị').waitFor();
    expect(page.url()).toBe(address);
    expect(await page.getByLabel('Tìm đơn vị').inputValue()).toBe('to dan pho so 2');
    expect(await page.getByRole('status').textContent()).toBe(found);
    await page.reload();
    await page.getByLabel('Tìm đơn vị').waitFor();
    expect(await page.getByLabel('Xếp theo').inputValue()).toBe('ten');
    await page.context().close();
  }, 30_000);
});
