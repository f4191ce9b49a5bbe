import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { aReport } from '../support/a-report';
import { DESKTOP, openBrowser, PHONE, signedIn } from '../support/browser/browser';
import { fillIn } from '../support/browser/fill-in';
import { tooWide } from '../support/browser/too-wide';
import { CuttableProxy } from '../support/cuttable-proxy';
import { eventually } from '../support/eventually';
import { Person } from '../support/system/person';
import { System } from '../support/system/system';

const PHONE_UNIT = '11218-001';

describe('the pages, in Chromium', () => {
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

  async function faultsOf(page: Page): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
    return violations.map(
      (violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join(', ')}`,
    );
  }

  it('moves while reports come in, without being loaded again', async () => {
    const page = await signedIn(browser, system.gatewayUrl, 'vanphong', DESKTOP);
    await page.getByTestId('tile-11560').waitFor();
    await page.evaluate('window.stillTheSamePage = true');
    const before = await page.getByTestId('tile-11560').getAttribute('aria-label');
    expect(await page.getByTestId('count-accepted').textContent()).toBe('0');

    const ward = await Person.signIn(system.gatewayUrl, '11560');
    const units = (await ward.rollup('11560')).reports.map(({ unit }) => unit.code);
    for (const unit of units) expect((await ward.submit(aReport(unit, {}))).status).toBe(202);

    await eventually(
      async () => (await page.getByTestId('count-accepted').textContent()) === String(units.length),
      20_000,
    );
    expect(await page.getByTestId('tile-11560').getAttribute('aria-label')).not.toBe(before);
    expect(await page.evaluate('window.stillTheSamePage')).toBe(true);
    expect(await faultsOf(page)).toEqual([]);

    await page.getByTestId('tile-11560').click();
    await page.getByText('Chi bộ tổ dân phố số 1 Thủy Hà').first().waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('lets a cell fill in and send its report from a phone, and says what contradicts itself', async () => {
    const page = await signedIn(browser, system.gatewayUrl, PHONE_UNIT, PHONE);
    await page
      .getByRole('link', { name: /^nhập báo cáo/i })
      .first()
      .click();
    await fillIn(page);
    await page.getByTestId('figure-study_attendance-numerator').fill('31');
    await page.getByRole('button', { name: /gửi báo cáo/i }).click();
    await page
      .getByText(/không (thể|được) (lớn|nhiều) hơn/i)
      .first()
      .waitFor();
    expect(await page.getByTestId('receipt-number').count()).toBe(0);

    await page.getByTestId('figure-study_attendance-numerator').fill('29');
    await page.getByRole('button', { name: /gửi báo cáo/i }).click();
    await page.getByTestId('receipt-number').waitFor();
    await page.getByText(/hợp lệ \(phiên bản 1\)/i).waitFor();
    expect(await page.getByTestId('receipt-number').textContent()).toMatch(/^PTN-/);
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    expect(await faultsOf(page)).toEqual([]);
    await page.context().close();

    const office = await Person.signIn(system.gatewayUrl, 'vanphong');
    const report = (await office.rollup('11218')).reports.find((one) => one.unit.code === PHONE_UNIT);
    expect(report).toMatchObject({ version: 1 });
  }, 60_000);

  it('says that a silent link is dead, and comes back with what was missed', async () => {
    const { hostname, port } = new URL(system.gatewayUrl);
    const proxy = new CuttableProxy({ host: hostname, port: Number(port) });
    const ward = await Person.signIn(system.gatewayUrl, '11224');
    const url = `http://127.0.0.1:${String(await proxy.mend())}`;
    const page = await signedIn(browser, url, 'vanphong', DESKTOP);
    const state = page.getByTestId('live-state');
    await state.getByText('Đang cập nhật trực tiếp').waitFor();
    const before = await page.getByTestId('count-accepted').textContent();

    // Nothing is closed and nothing answers, as behind a router that lost its uplink.
    proxy.freeze();
    await state.getByText('Mất kết nối, đang nối lại').waitFor();
    await ward.submitAndWait(aReport('11224', {}));
    expect(await page.getByTestId('count-accepted').textContent()).toBe(before);

    proxy.thaw();
    await state.getByText('Đang cập nhật trực tiếp').waitFor();
    await eventually(async () => (await page.getByTestId('count-accepted').textContent()) !== before, 20_000);
    await page.context().close();
    await proxy.cut();
  }, 60_000);

  it('has on the way back the search and the order that were left', async () => {
    const page = await signedIn(browser, system.gatewayUrl, 'vanphong', DESKTOP);
    const table = page.locator('section', { hasText: 'Đơn vị trực thuộc' });
    const names = table.locator('tbody td.column-name a');
    await names.first().waitFor();
    await table.getByRole('columnheader', { name: 'Đơn vị' }).click();
    await eventually(() => new URL(page.url()).searchParams.get('xep') === 'name');
    await table.getByRole('searchbox').fill('thuy');
    await eventually(() => new URL(page.url()).searchParams.get('tim') === 'thuy');
    const shown = await names.allTextContents();
    expect(shown.length).toBeGreaterThan(1);

    const left = page.url();
    const chosen = shown.at(-1) ?? '';
    await names.last().click();
    await page.getByRole('heading', { level: 1, name: chosen }).waitFor();
    await page.goBack();
    expect(page.url()).toBe(left);
    await names.first().waitFor();
    await eventually(async () => (await names.allTextContents()).join() === shown.join());
    expect(await table.getByRole('searchbox').inputValue()).toBe('thuy');
    expect(await table.locator('th[aria-sort="ascending"]').textContent()).toBe('Đơn vị');
    await page.context().close();
  }, 60_000);

  it.each([
    ['a phone', PHONE],
    ['a desktop', { width: 1280, height: 900 }],
  ])(
    'is no wider than the window of %s with letters twice as large',
    async (_, viewport) => {
      const wide: Record<string, readonly string[]> = {};
      const look = async (page: Page, name: string): Promise<void> => {
        await page.evaluate(`document.documentElement.style.fontSize = '200%'`);
        wide[name] = await tooWide(page);
      };
      const city = await signedIn(browser, system.gatewayUrl, 'vanphong', viewport);
      await city.getByText('Đơn vị trực thuộc').first().waitFor();
      await look(city, 'city');
      await city.context().close();

      const committee = await signedIn(browser, system.gatewayUrl, '11560', viewport);
      await committee.getByText('Báo cáo của các đơn vị trực tiếp').waitFor();
      await look(committee, 'committee');
      await committee.context().close();

      const cell = await signedIn(browser, system.gatewayUrl, '11224-001', viewport);
      const entry = cell.getByRole('link', { name: /^nhập báo cáo/i }).first();
      await entry.waitFor();
      await look(cell, 'cell');
      await entry.click();
      await cell.getByTestId('figure-spending').waitFor();
      await look(cell, 'entry');
      await cell.context().close();
      expect(wide).toEqual({ city: [], committee: [], cell: [], entry: [] });
    },
    60_000,
  );
});
