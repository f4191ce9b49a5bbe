import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { DESKTOP, openBrowser, PHONE, signedIn } from '../support/browser/browser';
import { ROOT } from '../support/system/processes';
import { eventually } from '../support/eventually';
import { crowd } from '../support/system/crowd';
import { Person } from '../support/system/person';
import { System } from '../support/system/system';
import { aReport } from './a-report';

/** Pictures for README: kept with the documents, so that what a newcomer sees there is what the test saw. */
const PICTURES = join(ROOT, 'docs', 'screenshots');

const PHONE_UNIT = '11218-001';

describe('the pages, in Chromium', () => {
  let system: System;
  let browser: Browser;

  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
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

    await reportForMany(system, 3_000);

    await eventually(
      async () => (await page.getByTestId('count-accepted').textContent()) === '3.000',
      20_000,
    );
    expect(await page.getByTestId('tile-11560').getAttribute('aria-label')).not.toBe(before);
    expect(await page.evaluate('window.stillTheSamePage')).toBe(true);
    await page.screenshot({ path: join(PICTURES, 'theo-doi.png'), fullPage: false });
    expect(await faultsOf(page)).toEqual([]);

    await page.getByTestId('tile-11560').click();
    await page.getByText('Chi bộ tổ dân phố số 1 Thủy Hà').first().waitFor();
    await page.screenshot({ path: join(PICTURES, 'phuong.png'), fullPage: false });
    expect(await faultsOf(page)).toEqual([]);
    await page.context().close();
  }, 90_000);

  it('lets a cell fill in and send its report from a phone, and says what contradicts itself', async () => {
    const page = await signedIn(browser, system.gatewayUrl, PHONE_UNIT, PHONE);
    await page
      .getByRole('link', { name: /^nhập báo cáo/i })
      .first()
      .click();
    const fill = async (ref: string, value: string): Promise<void> =>
      page.getByTestId(`figure-${ref}`).fill(value);
    for (const [ref, value] of [
      ['study_sessions', '2'],
      ['study_attendance-numerator', '31'],
      ['study_attendance-denominator', '30'],
      ['broadcasts', '4'],
      ['articles', '1'],
      ['social_posts', '6'],
      ['dialogues', '1'],
      ['recommendations_received', '3'],
      ['recommendations_resolved', '2'],
      ['recommendations_pending', '1'],
      ['members_admitted-numerator', '1'],
      ['members_admitted-denominator', '2'],
      ['enterprise_organisations_founded', '0'],
      ['enterprise_members_admitted', '0'],
      ['inspections-numerator', '0'],
      ['inspections-denominator', '1'],
      ['spending', '1,25'],
    ] as const) {
      await fill(ref, value);
    }
    await page.getByTestId('narrative-results').fill('Đã quán triệt tới toàn thể đảng viên.');
    await page.getByRole('button', { name: /gửi báo cáo/i }).click();
    await page
      .getByText(/không (thể|được) (lớn|nhiều) hơn/i)
      .first()
      .waitFor();
    expect(await page.getByTestId('receipt-number').count()).toBe(0);

    await fill('study_attendance-numerator', '29');
    await page.getByRole('button', { name: /gửi báo cáo/i }).click();
    await page.getByTestId('receipt-number').waitFor();
    await page.getByText(/hợp lệ \(phiên bản 1\)/i).waitFor();
    expect(await page.getByTestId('receipt-number').textContent()).toMatch(/^PTN-/);
    await page.screenshot({ path: join(PICTURES, 'nop-bao-cao.png'), fullPage: false });
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    expect(await faultsOf(page)).toEqual([]);
    await page.context().close();

    const office = await Person.signIn(system.gatewayUrl, 'vanphong');
    const report = (await office.rollup('11218')).reports.find((one) => one.unit.code === PHONE_UNIT);
    expect(report).toMatchObject({ version: 1 });
  }, 60_000);
});

/**
 * Reports of `count` units spread unevenly over the city, sent by their committees, a bounded number at a
 * time.
 */
async function reportForMany(system: System, count: number): Promise<void> {
  const spread = (index: number): number => (((index >> 7) * 37) % 61) + ((index * 7_919) % 101);
  const reporters = (await crowd(system, 11_000))
    .filter(({ unit }) => unit !== PHONE_UNIT)
    .map((reporter, index) => ({ reporter, order: spread(index) }))
    .sort((a, b) => a.order - b.order)
    .slice(0, count);
  await Promise.all(
    Array.from({ length: 40 }, async () => {
      for (let next = reporters.pop(); next !== undefined; next = reporters.pop()) {
        const { status } = await next.reporter.by.submit(aReport(next.reporter.unit, {}));
        if (status !== 202) throw new Error(`${next.reporter.unit} was not received: ${String(status)}`);
      }
    }),
  );
}
