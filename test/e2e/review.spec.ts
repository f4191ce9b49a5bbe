import { mkdir } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { ObligationDetailView, RollupView } from '@mach/contracts';
import type { Browser, Page } from 'playwright-core';
import type { CaughtMessage } from '../catcher/inbox';
import { aReport, quantityOf, ratioOf } from '../support/a-report';
import { DESKTOP, openBrowser, PHONE, signedIn } from '../support/browser/browser';
import { tooWide } from '../support/browser/too-wide';
import { eventually } from '../support/eventually';
import { Person } from '../support/system/person';
import { System } from '../support/system/system';

jest.setTimeout(90_000);

const COMMITTEE = '11560';
const WRONG = '11560-001';
const RIGHT = '11560-002';

/**
 * A report from its receipt to its approval, with one figure given back between, in all processes and in Chromium.
 * What the city must show is added up here from what each step left, by hand.
 */
describe('a report that is reviewed', () => {
  let system: System;
  let browser: Browser;
  let office: Person;
  let page: Page;

  beforeAll(async () => {
    system = await System.start();
    browser = await openBrowser();
    office = await Person.signIn(system.gatewayUrl, 'vanphong');
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await system.stop();
  });

  async function cityShows(
    counts: Partial<RollupView['node']['counts']>,
    sessions: string | null,
    attended: string,
  ): Promise<void> {
    const city = await eventually(async () => {
      const view = await office.rollup('HP');
      const there = Object.entries(counts).every(
        ([name, value]) => view.node.counts[name as keyof typeof counts] === value,
      );
      return view.node.exact && there && quantityOf(view, 'study_sessions') === sessions ? view : false;
    });
    expect(ratioOf(city, 'study_attendance').numerator).toBe(attended);
  }

  async function sms(): Promise<readonly CaughtMessage[]> {
    const response = await fetch(`${system.catcherUrl}/messages?limit=1000`);
    return ((await response.json()) as { messages: CaughtMessage[] }).messages.filter(
      ({ channel }) => channel === 'sms',
    );
  }

  async function looked(name: string): Promise<void> {
    await mkdir('.mach/looked', { recursive: true });
    await page.screenshot({ path: `.mach/looked/${name}.png`, fullPage: true });
    expect(await tooWide(page)).toEqual([]);
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  }

  it('waits for its committee, which gives one figure back by keyboard and mouse', async () => {
    for (const unit of [WRONG, RIGHT]) {
      const cell = await Person.signIn(system.gatewayUrl, unit);
      const sent = aReport(unit, { study_sessions: unit === WRONG ? '40' : '3' });
      expect((await cell.submitAndWait(sent)).state).toBe('accepted');
      expect((await cell.obligation(unit)).state).toBe('under_review');
    }
    await cityShows({ accepted: 2, approved: 0, returned: 0 }, '43', '54');

    page = await signedIn(browser, system.gatewayUrl, COMMITTEE, DESKTOP);
    await page.getByRole('link', { name: 'Duyệt', exact: true }).click();
    const shown = page.getByRole('article');
    await shown.getByTestId('compared-study_sessions').waitFor();
    await looked('duyet');
    await page
      .getByRole('button', { name: /^Chi bộ/ })
      .first()
      .waitFor();
    // The reports stand in the order of their ids; go on until the wrong one is on the screen.
    await eventually(async () => {
      const text = await shown.getByTestId('compared-study_sessions').locator('td').first().innerText();
      if (text.startsWith('40')) return true;
      await page.keyboard.press('ArrowRight');
      return false;
    });
    await shown.getByTestId('compared-study_sessions').getByRole('checkbox').check();
    await page.getByRole('heading', { name: 'Duyệt báo cáo' }).click();
    await page.keyboard.press('t');
    await page.getByRole('textbox', { name: 'Số buổi' }).first().fill('Ghi 40 là nhầm, đề nghị kiểm tra lại');
    await looked('duyet-tra-lai');
    await page.getByRole('button', { name: 'Trả lại đơn vị' }).click();
    await cityShows({ accepted: 2, approved: 0, returned: 1 }, '3', '54');
  });

  it('tells the unit at once, by SMS without a figure', async () => {
    const messages = await eventually(async () => {
      const caught = await sms();
      return caught.length > 0 ? caught : false;
    });
    for (const { text } of messages) {
      expect(text).toMatch(/bi tra lai bao cao thang 11\/2026 theo 14-CTr\/TU, can sua 1 so lieu/);
      expect(text).not.toMatch(/40/);
    }
  });

  it('lets the unit correct that figure alone', async () => {
    const cell = await Person.signIn(system.gatewayUrl, WRONG);
    const detail: ObligationDetailView = await cell.obligation(WRONG);
    expect(detail).toMatchObject({
      state: 'figures_returned',
      returned: { figures: { study_sessions: 'Ghi 40 là nhầm, đề nghị kiểm tra lại' } },
    });
    const basedOn = detail.latest?.status.receiptNumber ?? '';
    const other = await cell.submitAndWait({
      ...aReport(WRONG, { study_sessions: '4', broadcasts: '5' }),
      basedOn,
    });
    expect(other).toMatchObject({
      state: 'rejected',
      reasons: [{ code: 'figure.notReturned', pointer: '/figures/broadcasts' }],
    });
    await cityShows({ accepted: 2, returned: 1 }, '3', '54');

    page = await signedIn(browser, system.gatewayUrl, WRONG, PHONE);
    await page.getByText('Bị trả lại, cần sửa 1 số liệu').waitFor();
    await looked('bi-tra-lai');
    const mended = await cell.submitAndWait({
      ...aReport(WRONG, { study_sessions: '4' }),
      basedOn: other.receiptNumber,
    });
    expect(mended).toMatchObject({ state: 'accepted', version: 2 });
    await cityShows({ accepted: 2, approved: 0, returned: 0 }, '7', '54');
  });

  it('is approved, one by keyboard and the other among several', async () => {
    page = await signedIn(browser, system.gatewayUrl, COMMITTEE, DESKTOP);
    await page.getByRole('link', { name: 'Duyệt', exact: true }).click();
    await page.getByRole('article').getByTestId('compared-study_sessions').waitFor();
    await page.keyboard.press('d');
    await cityShows({ accepted: 2, approved: 1, returned: 0 }, '7', '54');
    await page
      .getByRole('checkbox', { name: /^Chọn / })
      .first()
      .check();
    await page.getByRole('button', { name: 'Duyệt 1 báo cáo đã chọn' }).click();
    await cityShows({ accepted: 2, approved: 2, returned: 0 }, '7', '54');
    await page.getByText('Không có báo cáo nào ở mục này.').waitFor();
  });

  it('is given more time when its superior says so', async () => {
    page = await signedIn(browser, system.gatewayUrl, '11560-003', PHONE);
    await page.getByRole('link', { name: /^nhập báo cáo/i }).click();
    await page.getByRole('button', { name: 'Xin gia hạn' }).click();
    await page.getByLabel('Lý do').fill('Sáp nhập tổ dân phố');
    await looked('xin-gia-han');
    await page.getByRole('button', { name: 'Gửi đề nghị' }).click();
    await page.getByText(/Đã đề nghị cấp trên gia hạn đến/).waitFor();
    page = await signedIn(browser, system.gatewayUrl, COMMITTEE, DESKTOP);
    await page.goto(`${system.gatewayUrl}/duyet?loai=gia-han`);
    await page.getByText('Sáp nhập tổ dân phố').waitFor();
    await looked('gia-han');
    await page.getByRole('button', { name: 'Cho gia hạn' }).click();
    await page.getByText('Không có đề nghị gia hạn nào đang chờ.').waitFor();
    const { deadline, firstDeadline } = await (
      await Person.signIn(system.gatewayUrl, '11560-003')
    ).obligation('11560-003');
    expect(Date.parse(deadline)).toBeGreaterThan(Date.parse(firstDeadline));
  });
});
