import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { DESKTOP, openBrowser, PHONE, signedIn } from '../support/browser/browser';
import { tooWide } from '../support/browser/too-wide';
import { eventually } from '../support/eventually';
import { System } from '../support/system/system';

const UNIT = '10525-001';

describe('the ward’s form with every type of figure, and the catalogue, in Chromium', () => {
  let system: System;
  let browser: Browser;

  beforeAll(async () => {
    system = await System.start();
    browser = await openBrowser();
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await system.stop();
  });

  async function expectSound(page: Page): Promise<void> {
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target.join(' '))])).toEqual([]);
    expect(await tooWide(page)).toEqual([]);
  }

  it('is filled in on a phone, checked where it stands, sent, and shown by the ward', async () => {
    const page = await signedIn(browser, system.gatewayUrl, UNIT, PHONE);
    await page
      .getByRole('listitem')
      .filter({ hasText: 'sinh hoạt chi bộ' })
      .getByRole('link')
      .first()
      .click();
    await page.getByTestId('figure-meeting_date').fill('31/2/2026');
    await page.getByTestId('figure-meeting_mode').selectOption('Trực tuyến');
    await page.getByTestId('figure-meeting_attendance-numerator').fill('20');
    await page.getByTestId('figure-meeting_attendance-denominator').fill('25');
    await page.getByTestId('figure-meeting_score').fill('8,5');
    await page.getByTestId('figure-topical_meeting-yes').check();
    await page.getByTestId('figure-topic').fill('Học tập và làm theo Bác');
    await page.getByTestId('figure-members-full').fill('24');
    await page.getByTestId('figure-members-probationary').fill('3');
    expect(await page.getByTestId('total-members').textContent()).toBe('Tổng số: 27 đảng viên');
    await page.getByTestId('figure-dues_collected').fill('1.250');
    await page.getByTestId('figure-support_received').fill('500');
    expect(await page.getByTestId('subtotal-income').textContent()).toContain('1.750 nghìn đồng');
    await page.getByTestId('figure-spending').fill('900');
    await page.getByTestId('narrative-meeting_review').fill('Ngắn quá.');
    await page.getByRole('button', { name: /gửi báo cáo/i }).click();
    // Told in the summary and at the field.
    await page
      .getByText(/phải là một ngày có thật/)
      .first()
      .waitFor();
    await page
      .getByText(/cần ít nhất 20 ký tự/)
      .first()
      .waitFor();
    await expectSound(page);

    await page.getByTestId('figure-meeting_date').fill('3.11.2026');
    await page
      .getByTestId('narrative-meeting_review')
      .fill('Sinh hoạt đúng quy định, đảng viên phát biểu sôi nổi.');
    expect(await page.getByTestId('figure-meeting_date').inputValue()).toBe('03/11/2026');
    await page.getByRole('button', { name: /gửi báo cáo/i }).click();
    await page.getByText(/hợp lệ \(phiên bản 1\)/i).waitFor();
    await page.context().close();

    const ward = await signedIn(browser, system.gatewayUrl, '10525', DESKTOP);
    await ward.goto(`${system.gatewayUrl}/theo-doi/01-KH-DU-SINH-HOAT/2026-11/10525`);
    const shown = (code: string) => ward.getByTestId(`value-${code}`).first().textContent();
    await eventually(async () => (await shown('members'))?.includes('27') === true, 20_000);
    expect(await shown('members')).toContain('Đảng viên dự bị3');
    expect(await shown('meeting_mode')).toContain('Trực tuyến1');
    expect(await shown('meeting_date')).toContain('03/11/2026');
    expect(await shown('topical_meeting')).toContain('1/1 đơn vị trả lời: có');
    expect(await shown('topic')).toContain('1đơn vị đã ghi');
    expect(await shown('meeting_score')).toContain('8,5');
    expect(await shown('income')).toContain('1.750');
    expect(await shown('spending')).toContain('900nghìn đồng');
    await expectSound(ward);
    await ward.context().close();
  }, 120_000);

  it('shows the catalogue and the forms to a committee, with the filter in the address', async () => {
    const page = await signedIn(browser, system.gatewayUrl, '10525', PHONE);
    await page.goto(`${system.gatewayUrl}/chi-tieu?tim=kinh+phi`);
    await page.getByRole('link', { name: /Kinh phí đã sử dụng/ }).waitFor();
    await expectSound(page);
    await page.getByRole('searchbox', { name: /Tìm theo mã/ }).fill('khong co gi nhu the');
    await page.keyboard.press('Enter');
    await page.getByText('Không có chỉ tiêu nào đúng điều kiện tìm.').first().waitFor();
    expect(new URL(page.url()).searchParams.get('tim')).toBe('khong co gi nhu the');
    await page.goBack();
    await page.getByRole('link', { name: /Kinh phí đã sử dụng/ }).click();
    await page.getByRole('heading', { name: 'Biểu mẫu dùng chỉ tiêu này' }).waitFor();
    await expectSound(page);
    await page.getByRole('link', { name: /sinh hoạt chi bộ/ }).click();
    await page.getByText('Máy cộng, không nhập: Đảng phí đã thu + Kinh phí cấp trên hỗ trợ').waitFor();
    await page
      .getByText(/Báo cáo tháng về sinh hoạt chi bộ/)
      .first()
      .waitFor();
    await expectSound(page);
    await page.context().close();
  }, 120_000);
});
