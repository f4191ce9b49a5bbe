import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { aReport } from '../support/a-report';
import { DESKTOP, openBrowser, PHONE, signedIn } from '../support/browser/browser';
import { fillIn } from '../support/browser/fill-in';
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
});
