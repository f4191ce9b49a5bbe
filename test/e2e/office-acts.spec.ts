import { mkdir } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { DraftAnswer, FileView, ReviewView } from '@mach/contracts';
import type { Browser, Page } from 'playwright-core';
import { aReport } from '../support/a-report';
import { DESKTOP, openBrowser, PHONE, signedIn } from '../support/browser/browser';
import { fillIn } from '../support/browser/fill-in';
import { tooWide } from '../support/browser/too-wide';
import { eventually } from '../support/eventually';
import { pdfFile } from '../support/office-files';
import { Person } from '../support/system/person';
import { System } from '../support/system/system';

jest.setTimeout(90_000);

const COMMITTEE = '11560';

/** What an office does with the reports of its units beside approving them, in all processes and in Chromium. */
describe('the office above', () => {
  let system: System;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    system = await System.start();
    browser = await openBrowser();
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await system.stop();
  });

  async function looked(name: string): Promise<void> {
    await mkdir('.mach/looked', { recursive: true });
    await page.screenshot({ path: `.mach/looked/${name}.png`, fullPage: true });
    expect(await tooWide(page)).toEqual([]);
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  }

  async function idOf(unit: string): Promise<string> {
    return (await (await Person.signIn(system.gatewayUrl, unit)).obligation(unit)).id;
  }

  it('looks at the files that came with a report, each in a window of its own', async () => {
    const unit = '11560-004';
    const cell = await Person.signIn(system.gatewayUrl, unit);
    const answer = await fetch(
      `${system.gatewayUrl}/api/v1/obligations/${await idOf(unit)}/files?slot=van_ban`,
      {
        method: 'POST',
        headers: {
          authorization: `Bearer ${cell.token}`,
          'content-type': 'application/octet-stream',
          'x-file-name': encodeURIComponent('Biên bản họp.pdf'),
        },
        body: new Uint8Array(pdfFile()),
      },
    );
    expect(answer.status).toBe(201);
    const file = (await answer.json()) as FileView;
    const sent = { ...aReport(unit, {}), attachments: [file.id] };
    expect((await cell.submitAndWait(sent)).state).toBe('accepted');

    page = await signedIn(browser, system.gatewayUrl, COMMITTEE, DESKTOP);
    // The seeded form asks for no file that must be there: one that did is shown as such.
    await page.route('**/api/v1/reviews/*', async (route) => {
      const response = await route.fetch();
      const review = (await response.json()) as ReviewView;
      const needed = { code: 'bien_ban', label: 'Biên bản', required: true, kinds: ['pdf'], maxFiles: 1 };
      const attachments = [...(review.definition.attachments ?? []), needed];
      await route.fulfill({
        response,
        json: { ...review, definition: { ...review.definition, attachments } },
      });
    });
    await page.getByRole('link', { name: 'Duyệt', exact: true }).click();
    const files = page.getByTestId('attached-files');
    const link = files.getByRole('link', { name: 'Biên bản họp.pdf' });
    await link.waitFor();
    expect(await files.innerText()).toMatch(/PDF, \d+ KB/);
    await files.getByText('Thiếu: biểu mẫu yêu cầu có tài liệu này.').waitFor();
    await looked('duyet-tep');
    const shown = await fetch(`${system.gatewayUrl}${(await link.getAttribute('href')) ?? ''}`, {
      headers: { authorization: `Bearer ${cell.token}` },
    });
    expect(shown.headers.get('content-disposition')).toMatch(/^inline; filename=/);
    const [opened] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
    await opened.close();
    expect(page.url()).toContain('/duyet');
    await page.context().close();
  });

  it('exempts a unit and takes it back, told what follows, and everybody reads the record', async () => {
    const unit = '11560-005';
    const id = await idOf(unit);
    page = await signedIn(browser, system.gatewayUrl, COMMITTEE, PHONE);
    await page.goto(`${system.gatewayUrl}/bao-cao/${id}`);
    await page.getByRole('button', { name: 'Miễn báo cáo kỳ này…' }).click();
    await page.getByText(/không phải nộp báo cáo này và không bị nhắc/).waitFor();
    await page.getByLabel('Lý do miễn báo cáo').fill('Chi bộ mới thành lập');
    await looked('mien');
    await page.getByRole('button', { name: 'Xác nhận miễn báo cáo' }).click();
    await page.getByText('Đơn vị được miễn báo cáo kỳ này.').waitFor();
    await page.getByTestId('act-record').getByText('Chi bộ mới thành lập').waitFor();
    const cell = await Person.signIn(system.gatewayUrl, unit);
    expect((await cell.obligation(unit)).state).toBe('exempt');

    const theirs = await signedIn(browser, system.gatewayUrl, unit, PHONE);
    await theirs.goto(`${system.gatewayUrl}/bao-cao/${id}`);
    await theirs.getByTestId('act-record').getByText('Chi bộ mới thành lập').waitFor();
    expect(await theirs.getByRole('button', { name: 'Bỏ miễn báo cáo…' }).count()).toBe(0);
    await theirs.context().close();

    await page.getByRole('button', { name: 'Bỏ miễn báo cáo…' }).click();
    await page.getByLabel('Lý do bỏ miễn').fill('Đã ổn định tổ chức');
    await page.getByRole('button', { name: 'Xác nhận bỏ miễn' }).click();
    await page.getByTestId('act-record').getByText('Đã ổn định tổ chức').waitFor();
    expect((await cell.obligation(unit)).state).not.toBe('exempt');
    await page.context().close();
  });

  it('answers a request for more time on the page of the obligation too', async () => {
    const unit = '11560-007';
    const cell = await Person.signIn(system.gatewayUrl, unit);
    const { id, deadline } = await cell.obligation(unit);
    const until = new Date(Date.parse(deadline) + 3 * 86_400_000).toISOString();
    const asked = JSON.stringify({ until, reason: 'Đảng viên đi công tác' });
    expect((await cell.post(`/obligations/${id}/extension-requests`, asked)).status).toBe(200);
    page = await signedIn(browser, system.gatewayUrl, 'vanphong', DESKTOP);
    await page.goto(`${system.gatewayUrl}/bao-cao/${id}`);
    await page.getByTestId('office-acts').getByText('Đảng viên đi công tác').first().waitFor();
    await looked('gia-han-tai-bao-cao');
    await page.getByRole('button', { name: 'Cho gia hạn' }).click();
    await page
      .getByTestId('act-record')
      .getByText(/^Cho gia hạn, đến/)
      .waitFor();
    expect((await cell.obligation(unit)).deadline).toBe(until);
    await page.context().close();
  });

  it('is sent no prose that bears a mark of classification', async () => {
    const unit = '11560-006';
    const cell = await Person.signIn(system.gatewayUrl, unit);
    const id = await idOf(unit);
    page = await signedIn(browser, system.gatewayUrl, unit, PHONE);
    await page.goto(`${system.gatewayUrl}/bao-cao/${id}`);
    await fillIn(page);
    const prose = page.getByTestId('narrative-results');
    await prose.fill('Đã triển khai xong.\nT Ố I  M Ậ T');
    await page
      .getByText(/có dấu chỉ độ mật .* mạng bảo mật riêng của Đảng/)
      .first()
      .waitFor();
    await page
      .getByText(/chưa lên máy chủ: Mục này|chưa lưu được: Mục này|«Mục này» có dấu/)
      .first()
      .waitFor();
    await looked('dau-mat');
    const kept = await cell.get<DraftAnswer>(`/obligations/${id}/draft`);
    expect(JSON.stringify(kept.body)).not.toContain('M Ậ T');
    await page.getByRole('button', { name: 'Gửi báo cáo' }).click();
    await page.getByText(/Chưa gửi được: còn 1 chỗ cần sửa/).waitFor();

    await prose.fill('Đã quán triệt quy định về quản lý tài liệu mật.');
    const box = page.getByTestId('secrecy-box');
    await box.waitFor();
    await page.getByRole('button', { name: 'Gửi báo cáo' }).click();
    await box.getByText(/^Chưa gửi:/).waitFor();
    await looked('nhac-den-mat');
    await box.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Gửi báo cáo' }).click();
    await page.getByText(/PTN-/).first().waitFor();
    await page.context().close();
  });

  it('has pages that fit a telephone with letters twice as large', async () => {
    page = await signedIn(browser, system.gatewayUrl, COMMITTEE, PHONE);
    for (const [name, path] of [
      ['duyet', '/duyet'],
      ['duyet-gia-han', '/duyet?loai=gia-han'],
      ['chi-tieu', '/chi-tieu'],
      ['bieu-mau', '/bieu-mau'],
      ['chi-tieu-mot', '/chi-tieu/study_sessions'],
      ['nhap-tep', '/nhap-tep'],
      ['bao-cao', `/bao-cao/${await idOf('11560-005')}`],
    ] as const) {
      await page.goto(`${system.gatewayUrl}${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      expect([path, await tooWide(page)]).toEqual([path, []]);
      await page.evaluate(`document.documentElement.style.fontSize = '200%'`);
      await page.screenshot({ path: `.mach/looked/${name}-200.png`, fullPage: true });
      expect([path, await tooWide(page)]).toEqual([path, []]);
    }
    await page.context().close();
  });

  it('unlocks what was closed, until a day', async () => {
    const unit = '11560-005';
    const id = await idOf(unit);
    const administrator = await Person.signIn(system.gatewayUrl, 'quantri');
    expect((await administrator.put('/clock', { now: '2027-02-01T08:00:00+07:00' })).status).toBe(200);
    page = await signedIn(browser, system.gatewayUrl, COMMITTEE, DESKTOP);
    await page.goto(`${system.gatewayUrl}/bao-cao/${id}`);
    await page.getByRole('button', { name: 'Mở khóa…' }).click();
    await page.getByText(/số liệu đã tổng hợp sẽ đổi theo/).waitFor();
    await page.getByLabel('Lý do mở khóa').fill('Bổ sung theo yêu cầu kiểm tra');
    await looked('mo-khoa');
    await page.getByRole('button', { name: 'Xác nhận mở khóa' }).click();
    await page.getByTestId('act-record').getByText('Bổ sung theo yêu cầu kiểm tra').waitFor();
    await eventually(async () => {
      const cell = await Person.signIn(system.gatewayUrl, unit);
      return (await cell.submit(aReport(unit, {}))).status === 202;
    });
    await page.context().close();
  });
});
