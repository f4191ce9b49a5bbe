import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { aReport } from '../support/a-report';
import { DESKTOP, openBrowser, PHONE, signedIn } from '../support/browser/browser';
import { tooWide } from '../support/browser/too-wide';
import { eventually } from '../support/eventually';
import { Person } from '../support/system/person';
import { System } from '../support/system/system';

const COMMITTEE = '11560';
/** How much wider the drawer's content is than the drawer. */
const PAST_ITS_EDGE = `(() => { const { scrollWidth, clientWidth } = document.querySelector('dialog'); return scrollWidth - clientWidth; })()`;
const NODE = '/theo-doi/14-CTR-TU-THANG/2026-11';

describe('where a figure comes from, and whether figures are right, in Chromium', () => {
  let system: System;
  let browser: Browser;
  let cells: readonly { readonly code: string; readonly name: string }[];

  beforeAll(async () => {
    system = await System.start();
    browser = await openBrowser();
    const committee = await Person.signIn(system.gatewayUrl, COMMITTEE);
    cells = (await committee.rollup(COMMITTEE)).reports
      .map(({ unit }) => unit)
      .filter(({ code, kind }) => code !== COMMITTEE && kind === 'residential')
      .slice(0, 3);
    for (const [index, { code }] of cells.entries())
      await committee.submitAndWait(aReport(code, { study_sessions: String(45 - 5 * index) }));
    const city = await Person.signIn(system.gatewayUrl, 'vanphong');
    await city.exactRollup('HP', cells.length);
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

  it('goes from the city down to the report by the keyboard, keeps its place in the address, and comes back', async () => {
    const page = await signedIn(browser, system.gatewayUrl, 'vanphong', DESKTOP);
    await page.goto(`${system.gatewayUrl}${NODE}/HP`);
    const why = page.getByTestId('why-study_sessions');
    await why.press('Enter');
    const drawer = page.getByTestId('lineage');
    await drawer.getByTestId('lineage-sum').waitFor();
    expect(await drawer.getByTestId('lineage-sum').textContent()).toBe('120 = 120');
    expect(await faultsOf(page)).toEqual([]);

    await drawer.getByRole('row').nth(1).getByRole('button').press('Enter');
    await eventually(
      async () => (await drawer.getByTestId('lineage-sum').textContent()) === '120 = 45 + 40 + 35',
    );
    expect(new URL(page.url()).searchParams.get('cua')).toContain(COMMITTEE);
    // The way down may be sent to a colleague.
    await page.reload();
    await drawer.getByRole('button', { name: cells[1]?.name ?? '' }).click();
    await eventually(async () =>
      ((await drawer.getByTestId('lineage-sent').textContent()) ?? '').includes('40'),
    );
    expect(await drawer.textContent()).toContain('Đang được tính');
    expect(await drawer.getByTestId('lineage-totals').getByRole('listitem').allTextContents()).toEqual([
      expect.stringContaining('Đảng ủy phường'),
      expect.stringContaining('Thành ủy'),
    ]);
    expect(await faultsOf(page)).toEqual([]);

    await page.goBack();
    await drawer.getByTestId('lineage-sum').waitFor();
    await drawer.getByTestId('lineage-sum').waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).toBe('');
    await why.press('Enter');
    await drawer.getByTestId('lineage-sum').waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.dataset.testid')).toBe('why-study_sessions');
    await page.context().close();
  }, 60_000);

  it('shows of a ratio how both sides came about', async () => {
    const page = await signedIn(browser, system.gatewayUrl, COMMITTEE, DESKTOP);
    await page.goto(`${system.gatewayUrl}${NODE}/${COMMITTEE}?so=study_attendance`);
    const drawer = page.getByTestId('lineage');
    await drawer.getByTestId('lineage-sum').first().waitFor();
    expect(await drawer.getByTestId('lineage-sum').allTextContents()).toEqual([
      expect.stringContaining('81 = 27 + 27 + 27'),
      expect.stringContaining('90 = 30 + 30 + 30'),
    ]);
    await page.context().close();
  }, 60_000);

  it('fits a telephone, with text twice as large too', async () => {
    const page = await signedIn(browser, system.gatewayUrl, COMMITTEE, PHONE);
    await page.goto(`${system.gatewayUrl}${NODE}/${COMMITTEE}?so=study_sessions`);
    const drawer = page.getByTestId('lineage');
    await drawer.getByTestId('lineage-sum').waitFor();
    for (const size of ['100%', '200%']) {
      await page.evaluate(`document.documentElement.style.fontSize = '${size}'`);
      expect(await tooWide(page)).toEqual([]);
      expect(await page.evaluate(PAST_ITS_EDGE)).toBeLessThanOrEqual(0);
    }
    expect(await faultsOf(page)).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('lets an administrator have every figure verified, and says what differs', async () => {
    const page = await signedIn(browser, system.gatewayUrl, 'quantri', DESKTOP);
    await page.goto(`${system.gatewayUrl}/kiem-tra`);
    await page.getByRole('button', { name: 'Kiểm tra ngay' }).click();
    const newest = page.getByRole('main').locator('.verification').first();
    await newest.filter({ hasText: 'yêu cầu' }).getByText('Khớp hoàn toàn').waitFor();
    await system.sql(`update rollup_node n set accepted = accepted + 1 from requirement r
      where r.id = n.requirement_id and r.code = '14-CTR-TU-THANG' and n.depth = 0`);
    await page.getByRole('button', { name: 'Kiểm tra ngay' }).click();
    await newest.getByText('Có 1 chỗ không khớp').waitFor();
    expect(await page.getByRole('main').textContent()).toContain('accepted: đang lưu 4, đúng ra là 3');
    expect(await faultsOf(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await tooWide(page)).toEqual([]);
    await page.context().close();
  }, 60_000);
});
