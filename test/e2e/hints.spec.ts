import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { aReport } from '../support/a-report';
import { DESKTOP, openBrowser, PHONE, signedIn } from '../support/browser/browser';
import { fillIn } from '../support/browser/fill-in';
import { tooWide } from '../support/browser/too-wide';
import { eventually } from '../support/eventually';
import { aNarrative, chanceOf, edited } from '../support/narratives';
import { Person } from '../support/system/person';
import { System } from '../support/system/system';

const COMMITTEE = '11560';

describe('hints, in Chromium', () => {
  let system: System;
  let browser: Browser;
  let strange: string;
  let copied: string;
  let last: string;

  beforeAll(async () => {
    system = await System.start();
    browser = await openBrowser();
    const chance = chanceOf(7);
    const committee = await Person.signIn(system.gatewayUrl, COMMITTEE);
    const cells = (await committee.rollup(COMMITTEE)).reports
      .map(({ unit }) => unit)
      .filter(({ code, kind }) => code !== COMMITTEE && kind === 'residential')
      .map(({ code }) => code);
    [strange = '', copied = '', last = ''] = cells.slice(-3);
    const texts = cells.map(() => aNarrative(chance));
    for (const [index, cell] of cells.entries()) {
      if (cell === last) continue;
      const results = cell === copied ? edited(texts[0] ?? '', 10, chance) : (texts[index] ?? '');
      const report = aReport(cell, { broadcasts: cell === strange ? '40000' : String(2 + (index % 5)) });
      expect((await committee.submit({ ...report, narratives: { results } })).status).toBe(202);
    }
    await eventually(async () => {
      const [row] = await system.sql<{ count: number }>('select count(*)::int as count from submission_hint');
      return row?.count === 2;
    }, 60_000);
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

  it('lead a committee from its node to the strange figure and to the copied passages', async () => {
    const page = await signedIn(browser, system.gatewayUrl, COMMITTEE, DESKTOP);
    await page.goto(`${system.gatewayUrl}/theo-doi/14-CTR-TU-THANG/2026-11/${COMMITTEE}`);
    const list = page.getByTestId('hinted-reports');
    await list.waitFor();
    expect(await list.getByRole('link').count()).toBe(2);
    expect(await list.textContent()).toContain('40.000');
    expect(await faultsOf(page)).toEqual([]);
    await list.getByRole('link').last().click();
    const hints = page.getByTestId('report-hints');
    await hints.waitFor();
    await hints.getByText(/xem đoạn giống/i).click();
    expect(await hints.locator('mark').count()).toBeGreaterThan(0);
    expect(await faultsOf(page)).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('are asked quietly while a cell types, and keep nothing from being sent', async () => {
    const page = await signedIn(browser, system.gatewayUrl, last, PHONE);
    await page
      .getByRole('link', { name: /^nhập báo cáo/i })
      .first()
      .click();
    await fillIn(page);
    const quiet = page.getByTestId('quiet-hints');
    expect(await quiet.textContent()).toBe('');
    await page.getByTestId('figure-broadcasts').fill('40.000');
    await quiet.getByText(/khác hẳn các đơn vị cùng loại/i).waitFor();
    expect(await tooWide(page)).toEqual([]);
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: /gửi báo cáo/i }).click();
    await page.getByText(/hợp lệ \(phiên bản 1\)/i).waitFor();
    await page.context().close();
  }, 60_000);
});
