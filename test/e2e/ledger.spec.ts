import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { DESKTOP, openBrowser, signedIn } from '../support/browser/browser';
import { eventually } from '../support/eventually';
import { Person } from '../support/system/person';
import { ROOT } from '../support/system/processes';
import { System } from '../support/system/system';

jest.setTimeout(90_000);

const PICTURES = join(ROOT, '.mach', 'screenshots');

/** The ledger (sổ đôn đốc) when a whole ward was reminded: more rows than one page holds. */
describe('the ledger, in Chromium', () => {
  let system: System;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    system = await System.start();
    await system.sql(
      `update obligation set next_notice_at = null
        where unit_id not in (select id from unit where code like '11560-%' or code like '11218-%')`,
    );
    const administrator = await Person.signIn(system.gatewayUrl, 'quantri');
    expect((await administrator.put('/clock', { now: '2026-11-16T08:01:00+07:00' })).status).toBe(200);
    await eventually(async () => {
      const [row] = await system.sql<{ left: number; sent: number }>(
        `select count(*) filter (where state in ('planned', 'sending'))::int as left, count(*)::int as sent from delivery`,
      );
      return row !== undefined && row.left === 0 && row.sent > 50;
    }, 30_000);
    browser = await openBrowser();
    page = await signedIn(browser, system.gatewayUrl, 'vanphong', DESKTOP);
    await page.goto(`${system.gatewayUrl}/don-doc`);
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await system.stop();
  });

  const shown = (): Promise<number> => page.locator('tbody tr.ant-table-row').count();

  it('shows the newest rows and loads more', async () => {
    await page.getByRole('button', { name: 'Tải thêm' }).waitFor();
    expect(await shown()).toBe(50);
    await page.screenshot({ path: join(PICTURES, 'so-don-doc.png') });
    await page.getByRole('button', { name: 'Tải thêm' }).click();
    await eventually(async () => (await shown()) > 50);
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  });

  it('finds a unit that was reminded, wherever its row stands, and says so in the address', async () => {
    const search = page.getByRole('search').getByRole('searchbox');
    await search.fill('11218-001');
    await search.press('Enter');
    await eventually(async () => (await shown()) === 1);
    expect(new URL(page.url()).searchParams.get('tim')).toMatch(/11218-001/);
    expect(await page.getByText('Chưa nhắc ai.').count()).toBe(0);
    await page.reload();
    await eventually(async () => (await shown()) === 1);
    await page.screenshot({ path: join(PICTURES, 'so-don-doc-tim.png') });
  });

  it('does not say that nobody was reminded when the search finds nothing', async () => {
    await page.goto(`${system.gatewayUrl}/don-doc?trang-thai=failed`);
    await page.getByText('Không có lần nhắc nào đúng điều kiện tìm.').waitFor();
    expect(await page.getByText('Chưa nhắc ai.').count()).toBe(0);
    await page.getByRole('button', { name: 'Bỏ điều kiện tìm' }).click();
    await eventually(async () => (await shown()) === 50);
  });
});
