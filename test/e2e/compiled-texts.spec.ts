import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { aReport } from '../support/a-report';
import { DESKTOP, openBrowser, PHONE, signedIn } from '../support/browser/browser';
import { tooWide } from '../support/browser/too-wide';
import { eventually } from '../support/eventually';
import { aNarrative, chanceOf } from '../support/narratives';
import { Person } from '../support/system/person';
import { System } from '../support/system/system';

const COMMITTEE = '11560';
const NODE = `/theo-doi/14-CTR-TU-THANG/2026-11/${COMMITTEE}`;

describe('what units wrote, in Chromium', () => {
  let system: System;
  let browser: Browser;
  let cells: readonly { readonly code: string; readonly name: string }[];

  beforeAll(async () => {
    system = await System.start();
    browser = await openBrowser();
    const chance = chanceOf(11);
    const committee = await Person.signIn(system.gatewayUrl, COMMITTEE);
    cells = (await committee.rollup(COMMITTEE)).reports
      .map(({ unit }) => unit)
      .filter(({ code, kind }) => code !== COMMITTEE && kind === 'residential');
    for (const [index, { code }] of cells.entries()) {
      const results = index === 0 ? 'Đã kết nạp ba quần chúng ưu tú.' : aNarrative(chance);
      expect((await committee.submit({ ...aReport(code, {}), narratives: { results } })).status).toBe(202);
    }
    await eventually(async () => {
      const [row] = await system.sql<{ count: number }>(
        `select count(*)::int as count from submission where state = 'accepted'`,
      );
      return (row?.count ?? 0) >= cells.length;
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

  it('is read on the node under its heading, found without accents, unfolded, and leads to the report', async () => {
    const page = await signedIn(browser, system.gatewayUrl, COMMITTEE, DESKTOP);
    await page.goto(`${system.gatewayUrl}${NODE}`);
    const texts = page.getByTestId('compiled-texts');
    await texts.getByRole('button', { name: /kết quả/i }).press('Enter');
    const shown = texts.getByRole('listitem');
    await eventually(async () => (await shown.count()) === Math.min(cells.length, 20));
    expect(await texts.textContent()).toContain('PTN-');
    const long = shown.nth(1);
    const before = ((await long.locator('p').textContent()) ?? '').length;
    await long.getByRole('button', { name: /xem cả đoạn/i }).click();
    expect(((await long.locator('p').textContent()) ?? '').length).toBeGreaterThan(before);
    expect(await faultsOf(page)).toEqual([]);

    const search = texts.getByRole('searchbox');
    await search.fill('quan chung uu tu');
    await search.press('Enter');
    await eventually(async () => (await shown.count()) === 1);
    await shown.getByRole('link', { name: cells[0]?.name ?? '' }).click();
    await page.getByText('Đã kết nạp ba quần chúng ưu tú.').first().waitFor();
    await page.goBack();
    // The address keeps what was opened and looked for.
    await eventually(async () => (await shown.count()) === 1);
    await page.context().close();
  }, 60_000);

  it('fits a telephone', async () => {
    const page = await signedIn(browser, system.gatewayUrl, COMMITTEE, PHONE);
    await page.goto(`${system.gatewayUrl}${NODE}?muc=results`);
    await page.getByTestId('compiled-texts').getByRole('listitem').first().waitFor();
    expect(await tooWide(page)).toEqual([]);
    expect(await faultsOf(page)).toEqual([]);
    await page.context().close();
  }, 60_000);
});
