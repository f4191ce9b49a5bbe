import AxeBuilder from '@axe-core/playwright';
import type { FormView } from '@mach/contracts';
import type { Browser, Page } from 'playwright-core';
import { DESKTOP, openBrowser, PHONE, signedIn } from '../support/browser/browser';
import { tooWide } from '../support/browser/too-wide';
import { Person } from '../support/system/person';
import { System } from '../support/system/system';

const FORM = 'BM-01-KH-SINH-HOAT';

describe('administering the catalogue and the forms, in Chromium', () => {
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

  async function faultsOf(page: Page): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    );
  }

  it('an indicator is added, each fault at its field, given a target, amended, and retired', async () => {
    const page = await signedIn(browser, system.gatewayUrl, 'quantri', DESKTOP);
    await page.goto(`${system.gatewayUrl}/chi-tieu`);
    await page.getByRole('link', { name: 'Thêm chỉ tiêu' }).click();
    await page.getByLabel('Mã').fill('Sai Mã');
    await page.getByRole('button', { name: 'Thêm vào danh mục' }).click();
    await page.getByRole('alert').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('alert').getByRole('link').first().press('Enter');
    expect(await page.getByLabel('Mã').getAttribute('aria-invalid')).toBe('true');
    expect(await page.evaluate('document.activeElement.id')).toBe(
      await page.getByLabel('Mã').getAttribute('id'),
    );
    await page.getByLabel('Mã').fill('clean_streets');
    await page.getByLabel('Tên chỉ tiêu').fill('Tuyến đường xanh, sạch');
    await page.getByLabel('Định nghĩa').fill('Số tuyến đường do chi bộ nhận giữ sạch.');
    await page.getByLabel('Đơn vị tính').fill('tuyến');
    await page.getByLabel('Mã').press('Enter');
    await page.waitForURL('**/chi-tieu/clean_streets');

    await page.getByRole('button', { name: 'Giao mức phải đạt' }).click();
    await page.getByLabel('Mã đơn vị').fill('KHONG-CO');
    await page.getByLabel('Kỳ').fill('2026-Q4');
    await page.getByLabel('Mức phải đạt').last().fill('1.200');
    await page.getByLabel('Văn bản giao').fill('14-CTr/TU');
    await page.getByRole('button', { name: 'Lưu mức phải đạt' }).click();
    await page
      .getByText(/không có đơn vị mang mã/i)
      .first()
      .waitFor();
    await page.getByLabel('Mã đơn vị').fill('11560');
    await page.getByRole('button', { name: 'Lưu mức phải đạt' }).click();
    const row = page.getByRole('row', { name: /Quý IV\/2026/ });
    await row.waitFor();
    expect(await row.textContent()).toContain('1.200 tuyến');
    expect(await faultsOf(page)).toEqual([]);

    // Another administrator amends it while this one writes.
    await page.getByRole('link', { name: 'Sửa chỉ tiêu' }).click();
    await page.getByLabel('Lý do sửa').fill('Rõ hơn');
    const other = await signedIn(browser, system.gatewayUrl, 'quantri', DESKTOP);
    await other.goto(`${system.gatewayUrl}/chi-tieu/clean_streets/sua`);
    await other.getByLabel('Ngừng dùng').check();
    await other.getByLabel('Lý do sửa').fill('Kế hoạch mới không hỏi');
    await other.getByRole('button', { name: 'Lưu' }).click();
    await other.getByText('Đã ngừng dùng').waitFor();
    expect(await other.getByText('Kế hoạch mới không hỏi').count()).toBe(1);
    await page.getByRole('button', { name: 'Lưu' }).click();
    await page.getByText(/người khác vừa sửa/i).waitFor();
    await other.context().close();
    await page.context().close();
  }, 90_000);

  it('a form version is checked, compared, looked at and published, and takes effect from a period', async () => {
    const page = await signedIn(browser, system.gatewayUrl, 'quantri', DESKTOP);
    await page.goto(`${system.gatewayUrl}/bieu-mau/${FORM}`);
    await page.getByRole('link', { name: 'Soạn phiên bản mới' }).click();
    const text = page.getByLabel('Nội dung (JSON)');
    const publish = page.getByRole('button', { name: /công bố phiên bản 2/i });
    const written = JSON.parse(await text.inputValue()) as { indicators: object[]; narratives: object[] };
    expect(await publish.isDisabled()).toBe(true);

    await text.fill('{ "indicators": [');
    await page.getByText(/chưa phải là JSON/i).waitFor();
    const wrong = {
      ...written,
      indicators: [{ code: 'khong_co', section: 'I', required: true }, ...written.indicators],
    };
    await text.fill(JSON.stringify(wrong, null, 2));
    await page.getByRole('button', { name: 'Kiểm tra' }).click();
    const place = page.getByRole('alert').getByRole('button', { name: /^dòng/i }).first();
    await place.click();
    expect(
      await page.evaluate(
        '(({ value, selectionStart, selectionEnd }) => value.slice(selectionStart, selectionEnd))(document.activeElement)',
      ),
    ).toBe('"khong_co"');
    expect(await publish.isDisabled()).toBe(true);
    expect(await faultsOf(page)).toEqual([]);

    const right = {
      ...written,
      narratives: [
        ...written.narratives,
        { code: 'proposals', label: 'Kiến nghị với cấp trên', required: false, maxLength: 500 },
      ],
    };
    await text.fill(JSON.stringify(right, null, 2));
    await page.getByRole('button', { name: 'Kiểm tra' }).click();
    await page.getByTestId('differences').waitFor();
    expect(await page.getByTestId('differences').textContent()).toContain(
      'Thêm lời văn: Kiến nghị với cấp trên',
    );
    await page.getByTestId('preview').getByLabel('Kiến nghị với cấp trên').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await publish.click();
    await page.waitForURL('**so-voi=**');

    await page.getByRole('button', { name: 'Áp dụng từ kỳ này' }).click();
    await page.getByText(/từ kỳ bắt đầu ngày/i).waitFor();
    const city = await Person.signIn(system.gatewayUrl, 'quantri');
    const { body } = await city.get<{ items: FormView[] }>('/forms');
    expect(body.items.find(({ code }) => code === FORM)?.versions).toHaveLength(2);
    await page.context().close();
  }, 90_000);

  it('fits a telephone and big letters; others find none of it', async () => {
    const page = await signedIn(browser, system.gatewayUrl, 'quantri', PHONE);
    for (const path of [
      '/chi-tieu/them-moi',
      '/chi-tieu/broadcasts/sua',
      '/chi-tieu/broadcasts',
      `/bieu-mau/${FORM}`,
      `/bieu-mau/${FORM}/phien-ban-moi`,
    ]) {
      await page.goto(`${system.gatewayUrl}${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect([path, await tooWide(page)]).toEqual([path, []]);
      expect([path, await faultsOf(page)]).toEqual([path, []]);
      await page.evaluate(`document.documentElement.style.fontSize = '200%'`);
      expect([path, await tooWide(page)]).toEqual([path, []]);
    }
    await page.context().close();

    const committee = await signedIn(browser, system.gatewayUrl, '11560', DESKTOP);
    await committee.goto(`${system.gatewayUrl}/chi-tieu/broadcasts`);
    await committee.getByRole('heading', { level: 1 }).waitFor();
    expect(await committee.getByRole('link', { name: 'Sửa chỉ tiêu' }).count()).toBe(0);
    await committee.goto(`${system.gatewayUrl}/chi-tieu/them-moi`);
    await committee.waitForURL('**/theo-doi/**');
    await committee.context().close();
  }, 120_000);
});
