import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { DESKTOP, openBrowser, PHONE, signedIn } from '../support/browser/browser';
import { tooWide } from '../support/browser/too-wide';
import { eventually } from '../support/eventually';
import { System } from '../support/system/system';

const NODE = '/theo-doi/14-CTR-TU-THANG/2026-11';

/** Nodes of months past, as if they had been reported: every sum of the city is that of its committees. */
const PLANT = `
  with month as (
    insert into period (scheme, key, label, starts_on, ends_on)
    select 'stateMonth', key, 'Tháng ' || key, (key || '-15')::date - interval '1 month', (key || '-14')::date
    from unnest(array['2026-10', '2026-09', '2025-11']) as key
    returning id, key
  ), node as (
    select n.*, count(*) over () - 1 as below, row_number() over (order by n.depth, n.unit_id) - 1 as place
    from rollup_node n join requirement r on r.id = n.requirement_id join period p on p.id = n.period_id
    where r.code = '14-CTR-TU-THANG' and p.key = '2026-11' and n.depth <= 1
  )
  insert into rollup_node (requirement_id, period_id, unit_id, parent_unit_id, depth, expected, accepted, accumulators, dirty_seq, computed_seq)
  select requirement_id, month.id, unit_id, parent_unit_id, depth, expected, expected,
    (select array_agg(case when depth = 0 then below * (below + 1) / 2 else place end * slot::numeric order by slot)
     from generate_series(1, 20) as slot), 1, 1
  from node cross join month
  on conflict do nothing`;

describe('figures beside those of other periods', () => {
  let system: System;
  let browser: Browser;

  beforeAll(async () => {
    system = await System.start();
    await system.sql(PLANT);
    browser = await openBrowser();
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await system.stop();
  });

  async function expectSound(page: Page): Promise<void> {
    expect(await tooWide(page)).toEqual([]);
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
    expect(
      violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes.map(({ target, html }) => `${target.join(' ')} ${html}`).join(', ')}`,
      ),
    ).toEqual([]);
  }

  it('shows the columns of a node with what is missing, and whose target it is', async () => {
    const page = await signedIn(browser, system.gatewayUrl, 'vanphong', DESKTOP);
    await page.goto(`${system.gatewayUrl}${NODE}/HP`);
    const text = async (id: string): Promise<string> => (await page.getByTestId(id).textContent()) ?? '';
    // 118 committees with 1 to 118 sessions in each of two months; nothing yet in November.
    await eventually(async () => (await text('previous-study_sessions')).includes('7.021'), 20_000);
    expect(await text('yearToDate-study_sessions')).toContain('14.042buổithiếu 9 kỳ');
    expect(await text('lastYear-study_sessions')).toContain('7.021');
    expect(await text('value-members_admitted')).toContain('mỗi kỳ ghi cộng dồn từ đầu năm');
    await page.getByText(/Số của kỳ này là số tạm tính: mới có 0\//).waitFor();
    await page.getByTestId('yearToDate-study_sessions').getByText('thiếu 9 kỳ').click();
    await page
      .getByTestId('yearToDate-study_sessions')
      .getByText(/tháng 01\/2026, tháng 02\/2026, tháng 3\/2026/)
      .waitFor();
    const founded = page.getByTestId('target-enterprise_organisations_founded');
    await founded.getByText('chỉ tiêu 45 tổ chức').click();
    await founded.getByText('Chỉ tiêu năm 2026 giao cho đơn vị, theo 14-CTr/TU.').waitFor();
    await expectSound(page);
    await page.context().close();
  }, 60_000);

  it('compares the committees by one indicator, with the choice, the search and the order in the address', async () => {
    const page = await signedIn(browser, system.gatewayUrl, 'vanphong', DESKTOP);
    await page.goto(`${system.gatewayUrl}${NODE}/HP`);
    await page.getByRole('link', { name: 'So sánh các đơn vị trực thuộc' }).click();
    await page.getByLabel('Chỉ tiêu', { exact: true }).selectOption('broadcasts');
    await page.getByRole('columnheader', { name: /^Luỹ kế 11 kỳ/ }).click();
    await page.getByRole('columnheader', { name: /^Luỹ kế 11 kỳ/ }).click();
    await eventually(() => new URL(page.url()).searchParams.get('xep') === '-yearToDate');
    expect(new URL(page.url()).searchParams.get('chi-tieu')).toBe('broadcasts');
    // The sixth accumulator of the greatest: 118 × 6, twice.
    const first = page.locator('tbody tr[data-row-key]').first();
    await eventually(async () => (await first.textContent())?.includes('1.416') === true);
    await page.getByLabel('Tìm đơn vị, không cần dấu').fill('thuy nguyen');
    await eventually(async () => (await page.locator('tbody tr[data-row-key]').count()) < 5);

    await expectSound(page);

    // Whoever opens the address sees the same.
    const again = await signedIn(browser, system.gatewayUrl, 'vanphong', PHONE);
    await again.goto(page.url());
    const cards = again.locator('article.compared-card');
    await cards.first().waitFor();
    await expectSound(again);
    await again.goto(`${system.gatewayUrl}${NODE}/HP/so-sanh?chi-tieu=broadcasts&xep=-yearToDate`);
    await eventually(async () => (await cards.nth(1).textContent())?.includes('1.416') === true);
    await Promise.all([page.context().close(), again.context().close()]);
  }, 60_000);

  it.each([
    ['a phone', PHONE, '100%'],
    ['a phone with letters twice as large', PHONE, '200%'],
    ['a desk with letters twice as large', { width: 1280, height: 900 }, '200%'],
  ])(
    'is no wider than the window of %s',
    async (_, viewport, size) => {
      const page = await signedIn(browser, system.gatewayUrl, 'vanphong', viewport);
      const wide: Record<string, readonly string[]> = {};
      for (const path of ['/HP', '/HP/so-sanh']) {
        await page.goto(`${system.gatewayUrl}${NODE}${path}`);
        await page.locator('.comparison .number').first().waitFor();
        await page.evaluate(`document.documentElement.style.fontSize = '${size}'`);
        await page.locator('.compared-card .number').first().waitFor();
        wide[path] = await tooWide(page);
      }
      expect(wide).toEqual({ '/HP': [], '/HP/so-sanh': [] });
      await page.context().close();
    },
    60_000,
  );
});
